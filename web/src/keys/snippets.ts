/** Ways in which programs use a key, ready to be run. */
export const PROGRAMS = ["python", "javascript", "curl", "environment"] as const;
export type Program = (typeof PROGRAMS)[number];

export interface SnippetFacts {
  /** The operator's address with `/v1`. */
  baseUrl: string;
  key: string;
  /** A model that answers there: `stelai-1`. */
  model: string;
}

/** What a program is told, as text to copy. */
export function snippetOf(program: Program, { baseUrl, key, model }: SnippetFacts): string {
  switch (program) {
    case "python":
      return [
        "from openai import OpenAI",
        "",
        `client = OpenAI(base_url="${baseUrl}", api_key="${key}")`,
        "answer = client.chat.completions.create(",
        `    model="${model}",`,
        '    messages=[{"role": "user", "content": "Good evening"}],',
        ")",
        "print(answer.choices[0].message.content)",
      ].join("\n");
    case "javascript":
      return [
        'import OpenAI from "openai";',
        "",
        `const openai = new OpenAI({ baseURL: "${baseUrl}", apiKey: "${key}" });`,
        "const answer = await openai.chat.completions.create({",
        `  model: "${model}",`,
        '  messages: [{ role: "user", content: "Good evening" }],',
        "});",
        "console.log(answer.choices[0].message.content);",
      ].join("\n");
    case "curl":
      return [
        `curl ${baseUrl}/chat/completions \\`,
        `  -H "Authorization: Bearer ${key}" \\`,
        '  -H "Content-Type: application/json" \\',
        `  -d '{"model": "${model}", "messages": [{"role": "user", "content": "Good evening"}]}'`,
      ].join("\n");
    case "environment":
      return [`OPENAI_BASE_URL=${baseUrl}`, `OPENAI_API_KEY=${key}`].join("\n");
  }
}
