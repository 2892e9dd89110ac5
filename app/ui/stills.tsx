import { Fragment, type ReactElement, type ReactNode } from "react";
import { useLanguage } from "./i18n";
import { useServerOnly } from "./nonce";

/** A piece of a page that looks the same wherever its key is the same, whoever looks. */
export type Still = {
  /** Among its siblings. */
  id: string | number;
  /** All that it shows depends on, the language too, or what stands for it, as a version does. */
  key: string;
  /** Without hooks of the router, and links of it: on the server it stands in no page. */
  make: () => ReactElement;
};

type Props = {
  as: "div" | "header" | "ul";
  className?: string;
  stills: Still[];
  /** What comes after them, in browsers only. */
  children?: ReactNode;
};

/**
 * Many alike, of which a page shows mostly the same as before: the server keeps what it made of
 * them, because React takes far longer to make it again than to find it in the page.
 */
export function Stills({ as: Element, className, stills, children }: Props) {
  const { renderStills } = useServerOnly();
  const language = useLanguage();
  if (renderStills) {
    const html = { __html: renderStills(stills, language) };
    // biome-ignore lint/security/noDangerouslySetInnerHtml: React made it
    return <Element className={className} dangerouslySetInnerHTML={html} />;
  }
  return (
    <Element className={className}>
      {stills.map(({ id, make }) => (
        <Fragment key={id}>{make()}</Fragment>
      ))}
      {children}
    </Element>
  );
}
