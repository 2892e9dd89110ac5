import { z } from "zod";
import { isMultipart } from "~/http/form-fault.server";
import { Problem } from "../problem";
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

/**
 * What is for the other kind of caller is refused, and not passed over.
 *
 * @throws Problem where one of the fields was given
 */
export function refuseFields(
  fields: Record<string, unknown>,
  message: string,
  where: string,
): void {
  const given = Object.keys(fields).filter((name) => fields[name] !== undefined);
  const errors = given.map((name) => ({ path: `${where}/${name}`, message }));
  if (errors.length) throw new Problem("invalid", { errors });
}
