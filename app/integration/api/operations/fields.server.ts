import { z } from "zod";
import { isMultipart } from "~/http/form-fault.server";
import { idField } from "../shapes";

/** Ids in addresses, as PostgreSQL writes them. */
export const idParam = idField.transform((id) => id.toLowerCase());

export const chatParams = z.object({ id: idParam.meta({ description: "The chat's id" }) });

/** @param standard how many stand on a page where nothing is said */
export const limitField = (standard: number) =>
  z.coerce.number().int().min(1).max(100).default(Math.min(standard, 100)).meta({
    description: "How many at most",
    example: 20,
  });

export const isForm = isMultipart;
