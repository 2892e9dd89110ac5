import { is } from "drizzle-orm";
import { PgTransaction } from "drizzle-orm/pg-core";
import type { Db } from "~/db/client.server";
import type { CopySource } from "~/live/live.server";
import type { Settings } from "./settings";
import {
  readSettings,
  readSettingsVersion,
  type StoredSettings,
  settingsCopy,
} from "./stored-settings.server";

/** Every process is told of changes; that it was not told is found by looking so often, in ms. */
const lookMs = 5_000;
/** A copy that nobody could look after for so long does not count: the next send reads, in ms. */
const longestMs = 30_000;

/** What one process holds of the settings, so that a send need not read them. */
class SettingsCopy {
  private held: StoredSettings | null = null;
  private lookedAt = 0;
  private work: Promise<void> | null = null;
  private isStale = true;

  constructor(private readonly db: Db) {}

  get(): Settings | Promise<Settings> {
    const age = performance.now() - this.lookedAt;
    if (!this.held || age > longestMs) return this.look().then(() => this.current());
    // What fails is tried again by the next send; past the longest time that send says so.
    if (age > lookMs) this.look().catch(() => {});
    return this.held.settings;
  }

  /** It changed, or nobody knows whether it did. Resolves when what was committed by now is held. */
  async refresh(): Promise<void> {
    this.isStale = true;
    // A reading that is under way may have begun before the change.
    await this.work?.catch(() => {});
    if (this.isStale) await this.look();
  }

  private look(): Promise<void> {
    this.work ??= this.run().finally(() => {
      this.work = null;
    });
    return this.work;
  }

  private async run(): Promise<void> {
    const at = performance.now();
    const isStale = this.isStale || (await readSettingsVersion(this.db)) !== this.held?.version;
    this.isStale = false;
    try {
      if (isStale) this.held = await readSettings(this.db);
      this.lookedAt = at;
    } catch (error) {
      this.isStale = true;
      throw error;
    }
  }

  private current(): Settings {
    if (!this.held) throw new Error("The settings of filters were not read");
    return this.held.settings;
  }
}

const copies = new WeakMap<Db, SettingsCopy>();

function copyOf(db: Db): SettingsCopy {
  const copy = copies.get(db) ?? new SettingsCopy(db);
  copies.set(db, copy);
  return copy;
}

/**
 * What messages are judged by now: at hand in a process that read it once, so only who gets a
 * promise has to wait. The same settings are the same object, for what is made of them to be kept.
 * Within a transaction they are read, and are what it sees.
 */
export function filterSettings(db: Db): Settings | Promise<Settings> {
  if (is(db, PgTransaction)) return readSettings(db).then(({ settings }) => settings);
  return copyOf(db).get();
}

/** To be awaited after a change that this process committed: its own next send goes by it. */
export async function refreshSettings(db: Db): Promise<void> {
  if (!is(db, PgTransaction)) await copyOf(db).refresh();
}

/** What `live` calls when another process changed the settings, or may have. */
export function settingsAsCopy(db: Db): CopySource {
  return { [settingsCopy]: () => refreshSettings(db) };
}
