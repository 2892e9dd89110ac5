import { parentPort, workerData } from "node:worker_threads";
import { type Drawing, drawPdf } from "./draw.ts";

// The program of the thread that draws one PDF: the server's own thread would answer nobody meanwhile.
const drawing = workerData as Drawing;
const pdf = await drawPdf({ ...drawing, json: Buffer.from(drawing.json) });
parentPort?.postMessage(pdf);
