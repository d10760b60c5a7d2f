/** The files of `api-docs/descriptions`: our own words for what the bundled documents state as facts only. */
import { z } from 'zod';

const text = z.string().min(1);

/** `operations/<resource>.json`: the operations of one resource by their nicknames. */
export const operationsSchema = z.record(
  text,
  z.strictObject({
    summary: text,
    notes: text.optional(),
    parameters: z.record(text, text).optional(),
    /** What a status code of failure means here. */
    errors: z.record(z.string().regex(/^[45]\d\d$/), text).optional(),
  }),
);

/** `resources.json`: resources by their names, a sentence each. */
export const resourcesSchema = z.record(text, text);

/** `models.json` and `events.json`: models by their names. */
export const modelsSchema = z.record(text, z.strictObject({ description: text, properties: z.record(text, text) }));

export type OperationTexts = z.infer<typeof operationsSchema>[string];
export type ModelTexts = z.infer<typeof modelsSchema>[string];

/** All texts, shared by all releases. */
export interface Descriptions {
  /** What each resource is, by its name. */
  readonly resources: Readonly<Record<string, string>>;
  /** By resource (`deviceStates`) and nickname. */
  readonly operations: Readonly<Record<string, Readonly<Record<string, OperationTexts>>>>;
  /** By name; those of events are among them. */
  readonly models: Readonly<Record<string, ModelTexts>>;
}
