export type HostedPath =
  | 'login'
  | 'challenge'
  | 'signup'
  | 'confirmUser'
  | 'resendcode'
  | 'forgotPassword'
  | 'confirmForgotPassword';

/** What every page of one authorization request has in common. */
export interface HostedPage {
  /** The user pool's name, shown as whose page this is. */
  brand: string;
  /** The app client's name: what the person is about to enter. */
  clientName: string;
  /** The value of the hidden field `_csrf`. */
  requestToken: string;
  /** The address of another page of the same authorization request, its query included. */
  link(path: HostedPath): string;
  /** What this pool's users type to say who they are. */
  accountField: { label: string; type: 'text' | 'email' | 'tel' };
}
