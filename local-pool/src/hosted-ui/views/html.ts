import type { HtmlEscapedString } from 'hono/utils/html';

/** What Hono's `html` tag makes: text whose interpolated values are escaped. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;
