/** How many jobs wait for their time, are late by more than a minute, run, and were given up. */
export type QueueFigures = { waiting: number; late: number; running: number; dead: number };
