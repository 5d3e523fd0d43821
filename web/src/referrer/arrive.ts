/** Importing this keeps the referrer of the page's address, and takes it out of the address: it is not to be sent on. */
import { keepReferrer, withoutReferrer } from "./referrer.ts";

const { pathname, search, hash } = window.location;
keepReferrer(search);
history.replaceState(history.state, "", pathname + withoutReferrer(search) + hash);
