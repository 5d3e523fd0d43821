import { graphql } from "./indexer.ts";

/** A row as GraphQL gives it: bigints are decimal strings. */
export type Row = Record<string, string | number | boolean | null>;
/** All rows of all tables, by the plural name that GraphQL has for them. */
export type Tables = Record<string, Row[]>;

type Field = { name: string; type: { kind: string; name: string | null; ofType: { kind: string } | null } };

/** Reads every table of the index whole. */
export async function readTables(indexerUrl: string): Promise<Tables> {
  const { __schema: schema } = await graphql<{
    __schema: { types: { name: string; fields: Field[] | null }[] };
  }>(indexerUrl, "{ __schema { types { name fields { name type { kind name ofType { kind } } } } } }");
  const fieldsOf = (name: string) => schema.types.find((type) => type.name === name)?.fields ?? [];
  const tables: Tables = {};
  for (const { name, type } of fieldsOf("Query")) {
    if (!type.ofType || !name.endsWith("s")) continue;
    const page = schema.types.find((each) => each.name.toLowerCase() === `${name.slice(0, -1)}page`.toLowerCase());
    if (!page) continue;
    const columns = fieldsOf(page.name.replace(/Page$/, ""))
      .filter((field) => ["SCALAR", "ENUM"].includes(field.type.ofType?.kind ?? field.type.kind))
      .map((field) => field.name);
    tables[name] = await readTable(indexerUrl, name, columns);
  }
  return tables;
}

async function readTable(indexerUrl: string, name: string, columns: string[]): Promise<Row[]> {
  const rows: Row[] = [];
  let after: string | null = null;
  do {
    const data: Record<string, { items: Row[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } }> =
      await graphql(
        indexerUrl,
        `query ($after: String) { page: ${name}(limit: 1000, after: $after) {
          items { ${columns.join(" ")} } pageInfo { hasNextPage endCursor } } }`,
        { after },
      );
    const page = data.page;
    if (!page) throw new Error(`No table ${name}.`);
    rows.push(...page.items);
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  return rows;
}

/** The rows of a table, by name. @throws Error when there is no such table. */
export function rowsOf(tables: Tables, name: string): Row[] {
  const rows = tables[name];
  if (!rows) throw new Error(`No table ${name}; there are ${Object.keys(tables).join(", ")}.`);
  return rows;
}

/** The sum of a column, over the rows that `of` accepts. */
export function sumOf(rows: readonly Row[], column: string, of: (row: Row) => boolean = () => true): bigint {
  return rows.filter(of).reduce((sum, row) => sum + BigInt(String(row[column] ?? 0)), 0n);
}
