import type { CallApi } from './call-api';
import { readNumber, readObjects, readText, readTexts } from './reply';

export type CallbackCheck = {
  dns: { ip: string; operator: string }[];
  ping: { ip: string; fromOperator: string; packetLoss: string; time: string }[];
};

export type CallbackCheckRequest = {
  action?: 'all' | 'dns' | 'ping';
  operator?: 'DEFAULT' | 'CHINANET' | 'UNICOM' | 'CAP';
};

/**
 * Has WeChat look up and ping the push address from its side.
 *
 * @throws WeChatError  errcode 40201: no push address is set at WeChat
 */
export async function checkCallback(
  callApi: CallApi,
  request: CallbackCheckRequest = {},
): Promise<CallbackCheck> {
  const answer = await callApi({
    path: '/cgi-bin/callback/check',
    body: { action: request.action ?? 'all', check_operator: request.operator ?? 'DEFAULT' },
  });
  return {
    dns: readObjects(answer, 'dns').map((row) => ({
      ip: readText(row, 'ip') ?? '',
      operator: readText(row, 'real_operator') ?? '',
    })),
    ping: readObjects(answer, 'ping').map((row) => ({
      ip: readText(row, 'ip') ?? '',
      fromOperator: readText(row, 'from_operator') ?? '',
      packetLoss: readText(row, 'package_loss') ?? String(readNumber(row, 'package_loss') ?? ''),
      time: readText(row, 'time') ?? String(readNumber(row, 'time') ?? ''),
    })),
  };
}

/** The addresses of WeChat's API hosts, for a firewall's list. They change: ask daily. */
export async function getApiDomainIps(callApi: CallApi): Promise<string[]> {
  return readTexts(await callApi({ path: '/cgi-bin/get_api_domain_ip' }), 'ip_list');
}

/** The addresses (or CIDR ranges) that pushes come from. They change: ask daily. */
export async function getCallbackIps(callApi: CallApi): Promise<string[]> {
  return readTexts(await callApi({ path: '/cgi-bin/getcallbackip' }), 'ip_list');
}
