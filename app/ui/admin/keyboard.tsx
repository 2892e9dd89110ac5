import { useEffect, useState } from "react";
import { useT } from "~/ui/i18n";
import { Icon } from "~/ui/icon";
import { areKeysOn, type KeyOfPage, keysOfPage, pressKey, turnKeys } from "./keys";

/** The keys of the page, and what says which there are; nothing without scripts, which they need. */
export function Keyboard() {
  const t = useT();
  const [keys, setKeys] = useState<KeyOfPage[]>();
  const [isOn, setIsOn] = useState(true);
  useEffect(() => {
    setKeys([]);
    setIsOn(areKeysOn());
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (pressKey(event)) event.preventDefault();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
  if (!keys) return null;
  const always = [
    { key: "j", label: t("keys.down") },
    { key: "k", label: t("keys.up") },
    { key: "Esc", label: t("keys.escape") },
  ];
  return (
    <details className="menu relative pointer-coarse:hidden" onToggle={() => setKeys(keysOfPage())}>
      <summary
        title={t("keys.title")}
        aria-label={t("keys.title")}
        className="size-11 rounded-xl text-muted"
      >
        <span aria-keyshortcuts="?" title={t("keys.title")}>
          <Icon className="icon-keyboard" />
        </span>
      </summary>
      <div className="end-0 w-72 p-3!">
        <ul className="space-y-1.5 text-sm">
          {[...always, ...keys].map(({ key, label }) => (
            <li key={key} className="flex items-baseline justify-between gap-3">
              <span>{label}</span>
              <kbd className="rounded-md border border-line bg-sunken px-1.5 font-mono text-xs">
                {key}
              </kbd>
            </li>
          ))}
        </ul>
        <label className="mt-3 flex min-h-9 items-center gap-2 border-line border-t pt-2 text-sm">
          <input
            type="checkbox"
            className="size-4 accent-accent"
            checked={isOn}
            onChange={({ target }) => {
              turnKeys(target.checked);
              setIsOn(target.checked);
            }}
          />
          {t("keys.use")}
        </label>
      </div>
    </details>
  );
}
