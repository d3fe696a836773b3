/** `hasmit schema`: the JSON Schema of panel files, for editors. */

/** The schema as indented JSON text. */
export async function schema(): Promise<{ status: 0; text: string }> {
  const { jsonSchema } = await import('../panel/schema.ts');
  return { status: 0, text: JSON.stringify(jsonSchema(), null, 2) };
}
