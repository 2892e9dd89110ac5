import type { ButtonHTMLAttributes } from "react";

type Variant = "primary" | "secondary" | "quiet" | "danger";

const look: Record<Variant, string> = {
  primary: "bg-accent text-on-accent hover:bg-accent-strong",
  secondary: "border border-line bg-surface text-ink hover:bg-sunken",
  quiet: "text-muted hover:bg-sunken hover:text-ink",
  danger: "border border-danger bg-danger-soft text-danger",
};

/** For what looks like a button: a button, or a link that leads on. At least 44 px to touch. */
export function buttonClass(variant: Variant = "primary", more = "") {
  return `inline-flex min-h-11 items-center justify-center gap-2 rounded-xl px-4 py-2 font-medium transition-colors disabled:opacity-60 ${look[variant]} ${more}`;
}

type Props = ButtonHTMLAttributes<HTMLButtonElement> & { variant?: Variant };

export function Button({ variant, className, type = "submit", ...rest }: Props) {
  return <button {...rest} type={type} className={buttonClass(variant, className)} />;
}
