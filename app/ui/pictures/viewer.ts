import PhotoSwipe, { type SlideData } from "photoswipe";
import stylesheet from "photoswipe/photoswipe.css?url";
import type { Language } from "~/ui/i18n";

/**
 * Opens a picture over the page, with the chat's other pictures before and after it: by keyboard,
 * by swiping, to be zoomed and downloaded. Closes when its message is taken back meanwhile.
 */
export async function openViewer(
  root: HTMLElement,
  link: HTMLAnchorElement,
  t: Language["t"],
): Promise<void> {
  await loadStyles();
  const links = [...root.querySelectorAll<HTMLAnchorElement>("a[data-picture]")];
  const viewer = new PhotoSwipe({
    dataSource: links.map(slideOf),
    index: Math.max(0, links.indexOf(link)),
    // What lies under it is the page, not the picture's own place: nothing to swipe around to.
    loop: false,
    bgOpacity: 0.94,
    closeTitle: t("picture.close"),
    zoomTitle: t("picture.zoom"),
    arrowPrevTitle: t("picture.previous"),
    arrowNextTitle: t("picture.next"),
    errorMsg: t("picture.notLoaded"),
  });
  const current = () => links[viewer.currIndex];
  viewer.on("uiRegister", () => {
    viewer.ui?.registerElement({
      name: "download",
      order: 8,
      isButton: true,
      tagName: "a",
      title: t("picture.download"),
      html: { isCustomSVG: true, inner: downloadIcon, outlineID: "pswp__icn-download" },
      onInit: (element) => {
        element.setAttribute("download", "");
        viewer.on("change", () => element.setAttribute("href", current()?.href ?? ""));
      },
    });
    viewer.ui?.registerElement({
      name: "report",
      order: 7,
      isButton: true,
      tagName: "a",
      title: t("picture.report"),
      html: { isCustomSVG: true, inner: flagIcon, outlineID: "pswp__icn-report" },
      onInit: (element) => {
        viewer.on("change", () => {
          const path = reportOf(current());
          element.hidden = !path;
          element.setAttribute("href", path ?? "");
        });
      },
    });
    viewer.ui?.registerElement({
      name: "words",
      className: "viewer-words",
      appendTo: "root",
      onInit: (element) => {
        element.dir = "auto";
        viewer.on("change", () => {
          element.textContent = current()?.title ?? "";
        });
      },
    });
  });
  viewer.on("afterInit", () => viewer.element?.setAttribute("aria-label", t("picture.viewer")));
  const gone = new MutationObserver(() => {
    if (links.every((one) => one.isConnected)) return;
    // It cannot be closed while it opens.
    if (viewer.opener.isOpening) viewer.on("openingAnimationEnd", () => viewer.destroy());
    else viewer.destroy();
  });
  gone.observe(root, { childList: true, subtree: true });
  viewer.on("destroy", () => gone.disconnect());
  viewer.init();
}

function slideOf(link: HTMLAnchorElement): SlideData {
  const [width = 0, height = 0] = (link.dataset.picture ?? "").split("x").map(Number);
  const image = link.querySelector("img") ?? undefined;
  return {
    element: link,
    src: link.href,
    msrc: image?.currentSrc,
    width,
    height,
    alt: image?.alt,
    thumbCropped: true,
  };
}

let styles: Promise<void> | undefined;

/** As a file of our own: the content security policy refuses what scripts write into the page. */
function loadStyles(): Promise<void> {
  styles ??= new Promise((resolve, reject) => {
    const link = document.createElement("link");
    Object.assign(link, { rel: "stylesheet", href: stylesheet, onload: () => resolve() });
    link.onerror = () => {
      styles = undefined;
      link.remove();
      reject(new Error("The viewer's styles did not load"));
    };
    // Before ours, which win over it.
    document.head.prepend(link);
  });
  return styles;
}

/** Of a message that can be reported; a picture among evidence is in none. */
function reportOf(link: HTMLAnchorElement | undefined): string | undefined {
  const report = link?.closest("article")?.querySelector<HTMLAnchorElement>("a.icon-flag");
  const picture = link?.pathname.split("/").at(-1);
  return report && picture ? `${report.pathname}?picture=${picture}` : undefined;
}

const flagIcon = '<path d="M11 22V10h10.5l-1.8 4 1.8 4H13v4z" id="pswp__icn-report"/>';
const downloadIcon =
  '<path d="M20.5 14.3 17.1 18V10h-2.2v7.9l-3.4-3.6L10 16l6 6.1 6-6.1ZM23 23H9v2h14Z" id="pswp__icn-download"/>';
