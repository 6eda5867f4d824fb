import type { Cordboard } from './cordboard';

export interface Answer {
  data: Record<string, unknown> | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}

/** A program at the GraphQL API, signed in as somebody. */
export class ApiClient {
  private constructor(
    private readonly cordboard: Cordboard,
    readonly cookie: string,
  ) {}

  static async signIn(cordboard: Cordboard, first: string): Promise<ApiClient> {
    const input = { email: `${first}@demo.cordboard.example`, password: 'cordboard-demo' };
    const response = await post(cordboard, '', 'mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }', { input });
    const cookie = response.headers.get('set-cookie')?.split(';')[0];
    if (!cookie) throw new Error(`${first} could not sign in: ${await response.text()}`);
    return new ApiClient(cordboard, cookie);
  }

  async ask(query: string, variables: Record<string, unknown> = {}): Promise<Answer> {
    const response = await post(this.cordboard, this.cookie, query, variables);
    return (await response.json()) as Answer;
  }
}

function post(cordboard: Cordboard, cookie: string, query: string, variables: Record<string, unknown>): Promise<Response> {
  return fetch(`${cordboard.console}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'apollo-require-preflight': 'true', cookie },
    body: JSON.stringify({ query, variables }),
  });
}
