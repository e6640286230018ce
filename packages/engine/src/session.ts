export { openSession, type Session, type SessionOptions } from "./run/session.ts";
