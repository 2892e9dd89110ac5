import { Image } from "lucide-react";
import { useCallback, useState } from "react";

/**
 * A subject's picture, over a quiet ground that stays when there is none or it does not load. It
 * has no text of its own: the title always stands beside it.
 */
export function SubjectPicture({ picture, className }: Props) {
  const [isMissing, setMissing] = useState(false);
  // It may have failed before the script that would hear of it was there.
  const look = useCallback((image: HTMLImageElement | null) => {
    if (image?.complete && image.naturalWidth === 0) setMissing(true);
  }, []);
  return (
    <span className={`relative grid place-items-center overflow-hidden bg-sunken ${className}`}>
      <Image aria-hidden className="size-1/3 max-w-8 text-line" />
      {picture && !isMissing && (
        <img
          src={picture}
          alt=""
          ref={look}
          onError={() => setMissing(true)}
          className="absolute inset-0 size-full object-cover"
        />
      )}
    </span>
  );
}

type Props = { picture: string | null; className: string };
