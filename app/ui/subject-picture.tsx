type Props = { picture: string | null; className: string };

/**
 * A subject's picture, over a quiet ground that stays when there is none or it does not load. It
 * has no text of its own: the title always stands beside it.
 */
export function SubjectPicture({ picture, className }: Props) {
  return (
    <span className={`picture icon-image ${className}`}>
      {picture && (
        <img
          key={picture}
          src={picture}
          alt=""
          ref={hideBroken}
          onError={(event) => hideBroken(event.currentTarget)}
        />
      )}
    </span>
  );
}

/** It may have failed before the script that would hear of it was there. */
function hideBroken(image: HTMLImageElement | null) {
  if (image?.complete && image.naturalWidth === 0) image.hidden = true;
}
