/** What a refused call answers: the exception's name and its text. @throws Error when the call is not refused */
export async function refusalOf(call: Promise<unknown>): Promise<{ name: string; message: string }> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Error) return { name: error.name, message: error.message };
  }
  throw new Error('The call was not refused.');
}
