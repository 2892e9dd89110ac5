/** What a composer needs once pictures are chosen: one file, loaded then. */
export { trayOf } from "~/attachments/client/tray";
export { PictureTray } from "./picture-tray";
export { TriedPictures } from "./tried-pictures";
