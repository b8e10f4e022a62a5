export function SiteFooter() {
  return (
    <footer className="mx-auto w-full max-w-5xl px-4 py-8 text-sm text-quiet sm:px-6">
      <p className="border-t border-edge pt-6">
        Cabana keeps sessions for Amazon Cognito user pools on the server.
      </p>
    </footer>
  );
}
