import { redirect } from 'next/navigation';

/** The account area begins with its first page. */
export default function AccountPage() {
  redirect('/account/sessions');
}
