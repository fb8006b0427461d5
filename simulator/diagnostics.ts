import { type Answer, type AuthorisedCall, jsonBody } from './call';
import { Refusal } from './errors';

const LOOPBACK = '127.0.0.1';
const actions = new Set(['all', 'dns', 'ping']);
const operators = new Set(['DEFAULT', 'CHINANET', 'UNICOM', 'CAP']);

/** GET /cgi-bin/get_api_domain_ip and /cgi-bin/getcallbackip: ours live on this machine alone. */
export function ipList(): Answer {
  return { ip_list: [LOOPBACK] };
}

/** POST /cgi-bin/callback/check: where the push address leads, as seen from here. */
export function checkCallback(call: AuthorisedCall): Answer {
  const { action, check_operator: operator = 'DEFAULT' } = jsonBody(call);
  if (typeof action !== 'string' || !actions.has(action)) throw new Refusal(40202);
  if (typeof operator !== 'string' || !operators.has(operator)) throw new Refusal(40203);
  if (!call.account.settings.pushUrl) throw new Refusal(40201);
  const realOperator = operator === 'DEFAULT' ? 'UNICOM' : operator;
  const dns = [{ ip: LOOPBACK, real_operator: realOperator }];
  const ping = [{ ip: LOOPBACK, from_operator: realOperator, package_loss: '0%', time: '0.045ms' }];
  return { ...(action === 'ping' ? {} : { dns }), ...(action === 'dns' ? {} : { ping }) };
}
