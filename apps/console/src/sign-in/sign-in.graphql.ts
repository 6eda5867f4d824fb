import { gql, type TypedDocumentNode } from '@apollo/client';
import type { Command } from '../api/perform';
import type { Done } from '../api/types';

export const signIn: Command<{ __typename: 'SignedIn'; viewer: { id: string } }, { email: string; password: string }> = gql`
  mutation SignIn($input: SignInInput!) {
    signIn(input: $input) {
      ... on SignedIn {
        viewer {
          id
        }
      }
      ... on Refusal {
        code
        message
      }
      ... on SignInRefused {
        retryAfterMs
      }
    }
  }
`;

export const signOut: TypedDocumentNode<{ signOut: Done }, { input: { everywhere: boolean } }> = gql`
  mutation SignOut($input: SignOutInput!) {
    signOut(input: $input) {
      ok
    }
  }
`;
