import { z } from 'zod';
import { VERSION } from '@/server/env';
import { type HttpProcedure, httpProcedures } from './procedures';
import { summaries } from './summaries';

const errorAnswer = {
  description: 'It was refused: a stable code, a sentence for people, and the numbers in it.',
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
};

/** The HTTP API as an OpenAPI 3.1 document, made from the procedures that the pages call. */
export function openApiDocument(origin: string) {
  const procedures = httpProcedures();
  return {
    openapi: '3.1.0',
    info: {
      title: 'Brine',
      version: VERSION,
      description:
        'What the pages and the command line do, over HTTP. Queries take their input as JSON in the parameter `input`, mutations as the body. Dates are ISO 8601, energies eV, lengths angstrom unless a name says otherwise.',
    },
    servers: [{ url: `${origin}/api/v1` }],
    security: [{ token: [] }],
    tags: [...new Set(procedures.map(({ path }) => tagOf(path)))].map((name) => ({ name })),
    paths: Object.fromEntries(procedures.map((one) => [`/${one.path.replace('.', '/')}`, operationOf(one)])),
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: {
        Error: {
          type: 'object',
          required: ['error'],
          properties: {
            error: {
              type: 'object',
              required: ['code', 'message'],
              properties: {
                code: { type: 'string', examples: ['not-found'] },
                message: { type: 'string' },
                details: { type: 'object' },
              },
            },
          },
        },
      },
    },
  };
}

function operationOf({ path, method, input }: HttpProcedure) {
  const schema = input ? withoutDialect(z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' })) : null;
  const isRequired = input !== null && !input.safeParse(undefined).success;
  const parameter = {
    name: 'input',
    in: 'query',
    required: isRequired,
    content: { 'application/json': { schema } },
  };
  return {
    [method.toLowerCase()]: {
      operationId: path,
      tags: [tagOf(path)],
      summary: summaries[path] ?? path,
      ...(schema && method === 'GET' ? { parameters: [parameter] } : {}),
      ...(schema && method === 'POST'
        ? { requestBody: { required: isRequired, content: { 'application/json': { schema } } } }
        : {}),
      responses: {
        200: { description: 'The result, as JSON.', content: { 'application/json': {} } },
        default: errorAnswer,
      },
    },
  };
}

const tagOf = (path: string) => path.split('.')[0]!;

function withoutDialect({ $schema: _, ...schema }: Record<string, unknown>) {
  return schema;
}
