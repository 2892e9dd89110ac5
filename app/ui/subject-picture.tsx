import { Image } from "lucide-react";

/**
 * A subject's picture, over a quiet ground that stays when there is none or it does not load. It
 * has no text of its own: the title always stands beside it.
 */
export function SubjectPicture({
  picture,
  className,
}: {
  picture: string | null;
  className: string;
}) {
  return (
    <div className={`relative grid place-items-center overflow-hidden bg-sunken ${className}`}>
      <Image aria-hidden className="size-8 text-line" />
      {picture && (
        <img
          src={picture}
          alt=""
          className="absolute inset-0 size-full object-cover"
          loading="lazy"
        />
      )}
    </div>
  );
}
