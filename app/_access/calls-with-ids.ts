import type { Context } from '@/lib/context';
import { designDefaults } from '@/lib/print/design-schemas';
import { imageQuerySchema } from '@/lib/print/schemas';

/** The things of one official account, by which it can be asked for. */
export type Ids = {
  accountId: string;
  campaignId: string;
  channelId: string;
  codeId: string;
  batchId: string;
  exportId: string;
  temporaryId: string;
  codeImportId: string;
  notificationId: string;
  importId: string;
  approvalId: string;
  webhookId: string;
  relayId: string;
  /** Taken away by the one call that does so. */
  shortRelayId: string;
  relayDeliveryId: string;
  bindingId: string;
  tagId: string;
  /** Taken away by the one call that does so. */
  shortTagId: string;
  /** The same, for the action. */
  briefTagId: string;
  shortWebhookId: string;
  deliveryId: string;
  setAsideId: string;
  designId: string;
  logoId: string;
  posterId: string;
  /** Taken away by the calls that do so. */
  shortPosterId: string;
};

type Call = (serve: (...given: unknown[]) => unknown, ctx: Context, ids: Ids) => unknown;

/** A moment at which the test has planned a hand-over of the code, one for each way of taking it back. */
export const plannedAt = { service: '2098-01-01T00:00:00.000Z', action: '2099-01-01T00:00:00.000Z' };

const image = imageQuerySchema.parse({ format: 'svg' });
const account: Call = (serve, ctx, { accountId }) => serve(ctx, accountId, {});
const campaign: Call = (serve, ctx, { accountId, campaignId }) => serve(ctx, accountId, campaignId, {});
const channel: Call = (serve, ctx, { accountId, channelId }) => serve(ctx, accountId, channelId, {});
const batch: Call = (serve, ctx, { accountId, batchId }) => serve(ctx, accountId, batchId, {});
const newBatch: Call = (serve, ctx, { accountId, campaignId, channelId }) =>
  serve(ctx, accountId, { input: { campaignId, channelId, kind: 'temporary', count: 1 } });
const approval: Call = (serve, ctx, { accountId, approvalId }) => serve(ctx, accountId, approvalId, {});
const code: Call = (serve, ctx, { accountId, codeId }) => serve(ctx, accountId, codeId, {});
const inFilter: Call = (serve, ctx, { accountId, campaignId, channelId, codeId, tagId }) =>
  serve(ctx, accountId, { campaignId, channelId, codeId, tagId });
const design: Call = (serve, ctx, { accountId, designId }) => serve(ctx, accountId, designId);
const poster: Call = (serve, ctx, { accountId, posterId }) => serve(ctx, accountId, posterId);
const placement = { code: { leftMm: 1, topMm: 1, sizeMm: 30 }, hasPatch: true, line: null };
const draft: Call = (serve, ctx, { accountId }) => serve(ctx, accountId, designDefaults);
const smallLogo = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>';
async function* pieces() {
  yield new TextEncoder().encode(smallLogo);
}
const binding: Call = (serve, ctx, { accountId, bindingId }) => serve(ctx, accountId, bindingId);
const relayRules = {
  ...{ name: 'relay', url: 'https://example.com/', mode: 'plain', takesAll: true, answers: false },
  ...{ messageTypes: [], events: [], scenes: [], allowPrivate: false },
};
const reply = { enabled: true, forNew: { kind: 'text', text: 'hello' }, forReturning: null };
const relay: Call = (serve, ctx, { accountId, relayId }) => serve(ctx, accountId, relayId, {});
const smallPage = [
  '%PDF-1.4',
  '1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj',
  '2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj',
  '3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Resources << >> /Contents 4 0 R >> endobj',
  '4 0 obj << /Length 0 >>\nstream\n\nendstream endobj',
  'trailer << /Size 5 /Root 1 0 R >>\n%%EOF\n',
].join('\n');
async function* smallPoster() {
  yield new TextEncoder().encode(smallPage);
}
const webhook: Call = (serve, ctx, { accountId, webhookId }) => serve(ctx, accountId, webhookId, {});
const exported: Call = (serve, ctx, { accountId, exportId }) => serve(ctx, accountId, exportId, {});
const newExport: Call = (serve, ctx, { accountId, codeId }) => serve(ctx, accountId, { ids: [codeId] });
const noShare = '00000000-0000-4000-8000-000000000000';
let count = 0;
const newImport: Call = (serve, ctx, { accountId, campaignId }) =>
  serve(ctx, accountId, { input: { campaignId, rows: [{ scene: `imported ${++count}` }] } });

/** A file of one scene, each time another. */
const listOfScenes = () => ({
  charset: null,
  name: 'scenes.csv',
  open: async function* () {
    yield new TextEncoder().encode(`scene\n${90_000 + ++count}\n`);
  },
});

/** Of a person whom each account of the test knows. */
export const openidOfPerson = 'oSomebody';

/** How each service that names things of an account is asked for them; with own ids each of these is answered. */
export const serviceCalls: Record<string, Call> = {
  'accounts/getAccount': account,
  'accounts/resolveAccount': account,
  'accounts/declareExternal': (serve, ctx, { accountId }) => serve(ctx, accountId, { none: true }),
  'accounts/importExternalFile': (serve, ctx, { accountId }) => serve(ctx, accountId, listOfScenes()),
  'accounts/previewExternalFile': (serve, ctx, { accountId }) => serve(ctx, accountId, listOfScenes()),
  'accounts/listExternalImports': account,
  'approvals/countPendingApprovals': account,
  'approvals/getApproval': approval,
  'approvals/listApprovals': account,
  'approvals/locateApproval': (serve, ctx, { approvalId }) => serve(ctx, approvalId),
  'approvals/approveRequest': approval,
  'approvals/refuseRequest': approval,
  'approvals/withdrawRequest': approval,
  'accounts/locateExternalImport': (serve, ctx, { importId }) => serve(ctx, importId),
  'accounts/undoExternalImport': (serve, ctx, { accountId, importId }) => serve(ctx, accountId, importId),
  'accounts/resumeAccount': account,
  'accounts/testConnection': account,
  'accounts/testConnectionRound': (serve, ctx, { accountId }) => serve(ctx, accountId, 'token'),
  'accounts/updateAccount': (serve, ctx, { accountId }) => serve(ctx, accountId, { timeZone: 'Asia/Tokyo' }),
  'analytics/compareScans': (serve, ctx, { accountId, codeId, campaignId }) =>
    serve(ctx, accountId, { compare: 'code', ids: [codeId], campaignId }),
  'analytics/compareWithWeChat': account,
  'analytics/getBreakdown': inFilter,
  'analytics/getCounting': account,
  'analytics/getFunnel': inFilter,
  'analytics/getHeatMap': (serve, ctx, { accountId, campaignId, channelId }) =>
    serve(ctx, accountId, { campaignId, channelId }),
  'analytics/getLifeUsed': account,
  'analytics/getSeries': inFilter,
  'analytics/getTouches': account,
  'analytics/getTouchesOfCode': code,
  'analytics/getWeekHours': inFilter,
  'analytics/listCampaignCosts': account,
  'analytics/listFilterChoices': account,
  'analytics/listMovers': account,
  'analytics/listNeverScannedCodes': account,
  'analytics/listNeverScannedPlaces': account,
  'analytics/listSparklines': (serve, ctx, { accountId }) => serve(ctx, accountId, { of: 'code', ids: [] }),
  'analytics/readFeed': (serve, ctx, { accountId, codeId }) => serve(ctx, accountId, { codeId }),
  'analytics/summariseScans': inFilter,
  'batches/createBatch': newBatch,
  'batches/dryRunBatch': newBatch,
  'batches/getBatch': batch,
  'batches/getBatchProgress': batch,
  'batches/listBatches': account,
  'batches/listBatchRows': batch,
  'batches/exportBatchRows': batch,
  'batches/locateBatch': (serve, ctx, { batchId }) => serve(ctx, batchId),
  'batches/pauseBatch': batch,
  'batches/renewCodes': (serve, ctx, { accountId, temporaryId }) =>
    serve(ctx, accountId, { codeIds: [temporaryId] }),
  'batches/resumeBatch': batch,
  'batches/retryBatch': batch,
  'batches/cancelBatch': batch,
  'campaigns/getCampaign': campaign,
  'campaigns/listCampaigns': account,
  'campaigns/locateCampaign': (serve, ctx, { campaignId }) => serve(ctx, campaignId),
  'campaigns/archiveCampaign': campaign,
  'campaigns/unarchiveCampaign': campaign,
  'campaigns/createCampaign': (serve, ctx, { accountId }) => serve(ctx, accountId, { name: 'new' }),
  'campaigns/updateCampaign': (serve, ctx, { accountId, campaignId }) =>
    serve(ctx, accountId, campaignId, { note: 'changed' }),
  'channels/getChannel': channel,
  'channels/listChannelColumns': account,
  'channels/listChannels': account,
  'channels/locateChannel': (serve, ctx, { channelId }) => serve(ctx, channelId),
  'channels/archiveChannel': channel,
  'channels/unarchiveChannel': channel,
  'channels/createChannel': (serve, ctx, { accountId }) =>
    serve(ctx, accountId, { name: 'new', number: `new ${++count}` }),
  'channels/putChannelByNumber': (serve, ctx, { accountId }) => serve(ctx, accountId, '1', { name: 'put' }),
  'channels/updateChannel': (serve, ctx, { accountId, channelId }) =>
    serve(ctx, accountId, channelId, { city: 'changed' }),
  'relays/createRelay': (serve, ctx, { accountId }) =>
    serve(ctx, accountId, { ...relayRules, token: 'atoken' }),
  'relays/deleteRelay': (serve, ctx, { accountId, shortRelayId }) => serve(ctx, accountId, shortRelayId),
  'relays/getRelay': relay,
  'relays/listRelayDeliveries': relay,
  'relays/listRelays': account,
  'relays/locateRelay': (serve, ctx, { relayId }) => serve(ctx, relayId),
  'relays/repeatRelayDelivery': (serve, ctx, { accountId, relayId, relayDeliveryId }) =>
    serve(ctx, accountId, relayId, relayDeliveryId),
  'relays/switchRelay': (serve, ctx, { accountId, relayId }) => serve(ctx, accountId, relayId, true),
  'relays/testRelay': relay,
  'relays/updateRelay': (serve, ctx, { accountId, relayId }) => serve(ctx, accountId, relayId, relayRules),
  'replies/getRepliesOfCode': code,
  'replies/getReplyOfCampaign': campaign,
  'replies/removeReplyOfCode': code,
  'replies/removeReplyOfCampaign': campaign,
  'replies/setReplyOfCode': (serve, ctx, { accountId, codeId }) => serve(ctx, accountId, codeId, reply),
  'replies/setReplyOfCampaign': (serve, ctx, { accountId, campaignId }) =>
    serve(ctx, accountId, campaignId, reply),
  'tags/getMarking': account,
  'tags/getTag': (serve, ctx, { accountId, tagId }) => serve(ctx, accountId, tagId),
  'tags/listTagNames': account,
  'tags/listTags': account,
  'tags/retryMarking': (serve, ctx, { accountId, tagId }) => serve(ctx, accountId, { tagId }),
  'tags/listTagsOfCodes': (serve, ctx, { accountId, codeId }) => serve(ctx, accountId, [codeId]),
  'tags/createTag': (serve, ctx, { accountId }) => serve(ctx, accountId, { name: `new ${++count}` }),
  'tags/deleteTag': (serve, ctx, { accountId, shortTagId }) => serve(ctx, accountId, shortTagId),
  'tags/tagCodes': (serve, ctx, { accountId, codeId, tagId }) =>
    serve(ctx, accountId, { codeIds: [codeId], add: [tagId] }),
  'tags/updateTag': (serve, ctx, { accountId, tagId }) =>
    serve(ctx, accountId, tagId, { marksFollowers: true }),
  'scans/askRecount': async (serve, ctx, { accountId }) => {
    await ctx.db.recount.deleteMany({ where: { accountId } });
    return serve(ctx, accountId, { reason: 'check' });
  },
  'scans/forgetPerson': (serve, ctx, { accountId }) => serve(ctx, accountId, { openid: openidOfPerson }),
  'scans/getPushSettings': account,
  'scans/listScans': account,
  'scans/listUnknownScenes': account,
  'scans/setScenesAside': (serve, ctx, { accountId }) =>
    serve(ctx, accountId, { prefix: `login-${++count}` }),
  'scans/takeScenesBack': async (serve, ctx, { accountId, setAsideId }) => {
    await serve(ctx, accountId, setAsideId);
    // The action takes it back once more.
    await ctx.db.setAsideScene.create({ data: { id: setAsideId, accountId, prefix: 'again' } });
  },
  'scans/updatePushSettings': (serve, ctx, { accountId }) => serve(ctx, accountId, { asksUserInfo: true }),
  'bindings/createBinding': (serve, ctx, { accountId }) => serve(ctx, accountId, { externalUserId: 'u' }),
  'bindings/getBinding': binding,
  'bindings/getReturnOrigins': account,
  'bindings/listBindings': account,
  'bindings/locateBinding': (serve, ctx, { bindingId }) => serve(ctx, bindingId),
  'bindings/setReturnOrigins': (serve, ctx, { accountId }) => serve(ctx, accountId, { origins: [] }),
  'webhooks/createWebhook': (serve, ctx, { accountId }) =>
    serve(ctx, accountId, { url: 'https://example.com/', events: ['scan.recorded'] }),
  'webhooks/deleteWebhook': (serve, ctx, { accountId, shortWebhookId }) =>
    serve(ctx, accountId, shortWebhookId),
  'webhooks/getWebhook': webhook,
  'webhooks/listWebhookDeliveries': webhook,
  'webhooks/listWebhooks': account,
  'webhooks/locateWebhook': (serve, ctx, { webhookId }) => serve(ctx, webhookId),
  'webhooks/pingWebhook': webhook,
  'webhooks/repeatWebhookDelivery': (serve, ctx, { accountId, webhookId, deliveryId }) =>
    serve(ctx, accountId, webhookId, deliveryId),
  'webhooks/rotateWebhookSecret': webhook,
  'webhooks/updateWebhook': webhook,
  'codes/getCodes': (serve, ctx, { accountId }) => serve(ctx, accountId, []),
  'codes/selectCodes': (serve, ctx, { accountId, codeId }) => serve(ctx, accountId, { ids: [codeId] }),
  'exports/countExport': newExport,
  'exports/pinDownload': newExport,
  'exports/streamPinned': exported,
  'exports/getExport': exported,
  'exports/getExportRetention': account,
  'exports/listExports': account,
  'exports/listPrintsOfCode': code,
  'exports/listShares': exported,
  'exports/locateExport': (serve, ctx, { exportId }) => serve(ctx, exportId),
  'exports/previewExport': newExport,
  'exports/readExportFile': exported,
  'exports/streamExport': newExport,
  'exports/cancelExport': exported,
  'exports/prepareExport': newExport,
  'exports/removeExport': exported,
  'exports/revokeShare': (serve, ctx, { accountId, exportId }) => serve(ctx, accountId, exportId, noShare),
  'exports/shareExport': (serve, ctx, { accountId, exportId }) =>
    serve(ctx, accountId, exportId, { days: 1 }),
  'exports/setExportRetention': (serve, ctx, { accountId }) => serve(ctx, accountId, 7),
  'codes/countCodes': account,
  'codes/getCode': code,
  'codes/getSlotHistory': code,
  'codes/listAssignments': code,
  'codes/listCodes': account,
  'codes/listExpiringCodes': account,
  'codes/locateCode': (serve, ctx, { codeId }) => serve(ctx, codeId),
  'codes/showWeChatPicture': code,
  'codes/summariseCodes': account,
  'codes/archiveCode': code,
  'codes/unarchiveCode': code,
  'codes/createCode': (serve, ctx, { accountId, campaignId, channelId }) =>
    serve(ctx, accountId, { campaignId, channelId, label: 'new', kind: 'temporary' }),
  'codes/discardCode': code,
  'codes/handOverCode': (serve, ctx, { accountId, codeId, campaignId }) =>
    serve(ctx, accountId, codeId, { campaignId }),
  'codes/renewCode': (serve, ctx, { accountId, temporaryId }) => serve(ctx, accountId, temporaryId),
  'codes/retryCode': code,
  'codes/updateCode': (serve, ctx, { accountId, codeId, channelId }) =>
    serve(ctx, accountId, codeId, { channelId, label: 'changed' }),
  'codes/withdrawAssignment': (serve, ctx, { accountId, codeId }) =>
    serve(ctx, accountId, codeId, plannedAt.service),
  'designs/addLogo': (serve, ctx, { accountId }) => serve(ctx, accountId, pieces()),
  'posters/addPoster': (serve, ctx, { accountId }) => serve(ctx, accountId, 'p', smallPoster()),
  'posters/getPoster': poster,
  'posters/getPosterDrawing': poster,
  'posters/getPosterPreview': poster,
  'posters/listPosters': account,
  'posters/locatePoster': (serve, ctx, { posterId }) => serve(ctx, posterId),
  'posters/placeOnPoster': (serve, ctx, { accountId, posterId }) =>
    serve(ctx, accountId, posterId, placement),
  'posters/removePoster': (serve, ctx, { accountId, shortPosterId }) => serve(ctx, accountId, shortPosterId),
  'designs/archiveDesign': design,
  'designs/chooseDefaultDesign': (serve, ctx, { accountId, designId }) => serve(ctx, accountId, designId),
  'designs/createDesign': (serve, ctx, { accountId }) =>
    serve(ctx, accountId, { name: `new ${++count}`, settings: designDefaults }),
  'designs/duplicateDesign': design,
  'designs/getDesign': design,
  'designs/getLogo': (serve, ctx, { accountId, logoId }) => serve(ctx, accountId, logoId),
  'designs/getPrintableDesign': design,
  'designs/gradeDraft': draft,
  'designs/listDesigns': account,
  'designs/locateDesign': (serve, ctx, { designId }) => serve(ctx, designId),
  'designs/locateLogo': (serve, ctx, { logoId }) => serve(ctx, logoId),
  'designs/previewDesign': design,
  'designs/previewDraft': (serve, ctx, { accountId, codeId }) =>
    serve(ctx, accountId, designDefaults, codeId),
  'designs/unarchiveDesign': design,
  'designs/updateDesign': async (serve, ctx, { accountId, designId }) => {
    const row = await ctx.db.printDesign.findUnique({ where: { id: designId }, select: { version: true } });
    return serve(ctx, accountId, designId, { version: row?.version ?? 1, name: `changed ${++count}` });
  },
  'notifications/getNotification': (serve, ctx, { notificationId }) => serve(ctx, notificationId),
  'notifications/markNotificationRead': (serve, ctx, { notificationId }) => serve(ctx, notificationId),
  'channels/listChannelPlaces': account,
  'imports/askForUrls': (serve, ctx, { accountId, codeId }) => serve(ctx, accountId, { codeId }),
  'imports/dryRunImport': newImport,
  'imports/getImport': (serve, ctx, { accountId, codeImportId }) => serve(ctx, accountId, codeImportId),
  'imports/importCodes': newImport,
  'print/printCode': (serve, ctx, { accountId, codeId }) => serve(ctx, accountId, codeId, image),
  'quota/checkLedger': account,
  'quota/findRaisedThreshold': account,
  'quota/getCallUsage': account,
  'quota/getForecast': account,
  'quota/getQuotaUse': account,
  'quota/getScenePicture': account,
  'quota/listThresholds': account,
  'quota/setThresholds': (serve, ctx, { accountId }) => serve(ctx, accountId, [80]),
  'quota/getQuota': account,
  'quota/getQuotaCounts': account,
  'quota/setCap': (serve, ctx, { accountId }) => serve(ctx, accountId, 90_000),
  'quota/getQuotaRules': account,
  'quota/setQuotaRules': account,
  'quota/undoUnlisted': account,
  'quota/setUnlisted': (serve, ctx, { accountId }) => serve(ctx, accountId, 1),
};

/** Services that name nothing of an account: the installation's, or the asker's own. */
export const servicesWithoutIds = [
  // Asked for by a token that was minted with the binding.
  'accounts/createAccount',
  'accounts/listAccountDetails',
  'accounts/listAccounts',
  'accounts/listOutgoingAddresses',
  'api-keys/createApiKey',
  'api-keys/listApiKeys',
  'api-keys/registerConfiguredKey',
  'api-keys/revokeApiKey',
  'audit/listAudit',
  'audit/listAuditKinds',
  'people/bootstrapAdmin',
  'notifications/countUnreadNotifications',
  'notifications/createSender',
  'notifications/listNotifications',
  'notifications/listSenderDeliveries',
  'notifications/listSenders',
  'notifications/markAllNotificationsRead',
  'notifications/removeSender',
  'notifications/testSender',
  'notifications/updateSender',
  'people/changePassword',
  'people/createPersonLink',
  'people/createStartLink',
  'people/disablePerson',
  'people/enablePerson',
  'people/endOtherSessions',
  'people/endSession',
  'people/endSessionsOf',
  'people/getPerson',
  'people/getProfile',
  'people/invitePerson',
  'people/listOwnSessions',
  'people/listPeople',
  'people/listSessionsOf',
  'people/rememberLocale',
  'people/removePerson',
  'people/setSeesOpenids',
  'people/updateAccess',
  'people/updateProfile',
];

type ActionCall = (ids: Ids) => unknown;

/** What each action for viewers and marketers is given. */
export const actionCalls: Record<string, ActionCall> = {
  withdrawRequestAction: ({ accountId, approvalId }) => ({ accountId, approvalId }),
  markReadAction: ({ notificationId }) => ({ notificationId }),
  openNotificationAction: ({ notificationId }) => ({ notificationId }),
  countExportAction: ({ accountId, codeId }) => ({ accountId, query: { ids: [codeId] } }),
  pinDownloadAction: ({ accountId, codeId }) => ({ accountId, query: { ids: [codeId] } }),
  previewExportAction: ({ accountId, codeId }) => ({ accountId, query: { ids: [codeId] } }),
  prepareExportAction: ({ accountId, codeId }) => ({ accountId, query: { ids: [codeId] } }),
  cancelExportAction: ({ accountId, exportId }) => ({ accountId, exportId }),
  removeExportAction: ({ accountId, exportId }) => ({ accountId, exportId }),
  listSharesAction: ({ accountId, exportId }) => ({ accountId, exportId }),
  shareExportAction: ({ accountId, exportId }) => ({ accountId, exportId, share: { days: 1 } }),
  revokeShareAction: ({ accountId, exportId }) => ({ accountId, exportId, shareId: noShare }),
  searchCampaignsAction: ({ accountId }) => ({ accountId, q: '' }),
  searchChannelsAction: ({ accountId }) => ({ accountId, q: '' }),
  setScenesAsideAction: ({ accountId }) => ({ accountId, area: { prefix: 'login-' } }),
  takeScenesBackAction: ({ accountId, setAsideId }) => ({ accountId, setAsideId }),
  createBindingAction: ({ accountId }) => ({ accountId, binding: { externalUserId: 'u' } }),
  createCampaignAction: ({ accountId }) => ({ accountId, campaign: { name: 'new' } }),
  updateCampaignAction: ({ accountId, campaignId }) => ({ accountId, campaignId, campaign: { note: 'x' } }),
  setReplyOfCampaignAction: ({ accountId, campaignId }) => ({ accountId, campaignId, reply }),
  removeReplyOfCampaignAction: ({ accountId, campaignId }) => ({ accountId, campaignId }),
  archiveCampaignAction: ({ accountId, campaignId }) => ({ accountId, campaignId }),
  unarchiveCampaignAction: ({ accountId, campaignId }) => ({ accountId, campaignId }),
  createChannelAction: ({ accountId }) => ({
    accountId,
    channel: { name: 'new', number: `new ${++count}` },
  }),
  updateChannelAction: ({ accountId, channelId }) => ({ accountId, channelId, channel: { city: 'x' } }),
  archiveChannelAction: ({ accountId, channelId }) => ({ accountId, channelId }),
  unarchiveChannelAction: ({ accountId, channelId }) => ({ accountId, channelId }),
  createCodeAction: ({ accountId, campaignId, channelId }) => ({
    accountId,
    code: { campaignId, channelId, label: 'new', kind: 'temporary' },
  }),
  updateCodeAction: ({ accountId, codeId, channelId }) => ({
    accountId,
    codeId,
    code: { channelId, label: 'x' },
  }),
  setReplyOfCodeAction: ({ accountId, codeId }) => ({ accountId, codeId, reply }),
  removeReplyOfCodeAction: ({ accountId, codeId }) => ({ accountId, codeId }),
  archiveCodesAction: ({ accountId, codeId }) => ({ accountId, codeIds: [codeId] }),
  unarchiveCodesAction: ({ accountId, codeId }) => ({ accountId, codeIds: [codeId] }),
  handOverCodesAction: ({ accountId, codeId, campaignId }) => ({
    accountId,
    codeIds: [codeId],
    handOver: { campaignId },
  }),
  tagCodesAction: ({ accountId, codeId, tagId }) => ({
    accountId,
    tagging: { codeIds: [codeId], add: [tagId], addNames: ['by name'] },
  }),
  createTagAction: ({ accountId }) => ({ accountId, tag: { name: `new ${++count}` } }),
  updateTagAction: ({ accountId, tagId }) => ({ accountId, tagId, tag: { marksFollowers: true } }),
  deleteTagAction: ({ accountId, briefTagId }) => ({ accountId, tagId: briefTagId }),
  retryMarkingAction: ({ accountId, tagId }) => ({ accountId, which: { tagId } }),
  retryCodeAction: ({ accountId, codeId }) => ({ accountId, codeId }),
  renewCodeAction: ({ accountId, temporaryId }) => ({ accountId, codeId: temporaryId }),
  renewCodesAction: ({ accountId, temporaryId }) => ({ accountId, renewal: { codeIds: [temporaryId] } }),
  askForUrlsAction: ({ accountId, codeId }) => ({ accountId, which: { codeId } }),
  discardCodeAction: ({ accountId, codeId }) => ({ accountId, codeId }),
  pauseBatchAction: ({ accountId, batchId }) => ({ accountId, batchId }),
  resumeBatchAction: ({ accountId, batchId }) => ({ accountId, batchId }),
  retryBatchAction: ({ accountId, batchId }) => ({ accountId, batchId }),
  cancelBatchAction: ({ accountId, batchId }) => ({ accountId, batchId }),
  withdrawAssignmentAction: ({ accountId, codeId }) => ({ accountId, codeId, fromAt: plannedAt.action }),
  placeOnPosterAction: ({ accountId, posterId }) => ({ accountId, posterId, placement }),
  removePosterAction: ({ accountId, shortPosterId }) => ({ accountId, posterId: shortPosterId }),
  createDesignAction: ({ accountId }) => ({
    accountId,
    design: { name: `new ${++count}`, settings: designDefaults },
  }),
  // Versions grow with each call, and an action finds none: what is foreign is not there in any version.
  updateDesignAction: ({ accountId, designId }) => ({
    accountId,
    designId,
    design: { version: 99, name: 'x' },
  }),
  duplicateDesignAction: ({ accountId, designId }) => ({ accountId, designId }),
  archiveDesignAction: ({ accountId, designId }) => ({ accountId, designId }),
  unarchiveDesignAction: ({ accountId, designId }) => ({ accountId, designId }),
  chooseDefaultDesignAction: ({ accountId, designId }) => ({ accountId, designId }),
};

export const actionsWithoutIds = [
  'markAllReadAction',
  'selectAccountAction',
  'updateProfileAction',
  'changePasswordAction',
  'endOwnSessionAction',
  'endOtherSessionsAction',
];

type RouteCall = (ids: Ids) => {
  id?: string;
  codeId?: string;
  batchId?: string;
  exportId?: string;
  designId?: string;
  logoId?: string;
  posterId?: string;
  query?: object;
  body?: object;
  /** Sent as it is. */
  file?: string;
};

/** What each route of the smaller roles is given. `named`: with the account as well, which an address alone can mean. */
export const routeCalls: Record<string, RouteCall> = {
  'GET /api/quota/picture': ({ accountId }) => ({ query: { accountId } }),
  'GET /api/batches/[batchId]': ({ accountId, batchId }) => ({ batchId, query: { accountId } }),
  'GET /api/batches/[batchId]/rows.csv': ({ batchId }) => ({ batchId }),
  'POST /api/batches': ({ accountId, campaignId, channelId }) => ({
    query: { accountId, campaignId, channelId, kind: 'temporary', count: 1 },
  }),
  'POST /api/batches/dry-run': ({ accountId, campaignId, channelId }) => ({
    query: { accountId, campaignId, channelId, kind: 'temporary', count: 1 },
  }),
  'POST /api/codes/import': ({ accountId, campaignId }) => ({
    query: { accountId, campaignId },
    file: 'scene\nx\n',
  }),
  'POST /api/codes/import/dry-run': ({ accountId, campaignId }) => ({
    query: { accountId, campaignId },
    file: 'scene\nx\n',
  }),
  'GET /api/exports': ({ accountId, codeId }) => ({ query: { accountId, ids: codeId } }),
  'GET /api/exports/[exportId]': ({ exportId }) => ({ exportId }),
  'GET /api/exports/[exportId]/file': ({ exportId }) => ({ exportId }),
  'GET /api/v1/exports': ({ accountId, codeId }) => ({ query: { accountId, ids: codeId } }),
  'GET /api/v1/exports/[id]': ({ exportId }) => ({ id: exportId }),
  'GET /api/v1/exports/[id]/file': ({ exportId }) => ({ id: exportId }),
  'POST /api/v1/exports': ({ accountId, codeId }) => ({ body: { accountId, ids: [codeId] } }),
  'GET /api/codes/[codeId]': ({ codeId }) => ({ codeId }),
  'GET /api/codes/[codeId]/image': ({ codeId }) => ({ codeId, query: { format: 'svg' } }),
  'GET /api/codes/[codeId]/wechat-picture': ({ codeId }) => ({ codeId }),
  'GET /api/designs/[designId]/image': ({ designId }) => ({ designId }),
  'GET /api/posters/[posterId]/preview': ({ posterId }) => ({ posterId }),
  'GET /api/designs/grade': ({ accountId }) => ({
    query: { accountId, settings: JSON.stringify(designDefaults) },
  }),
  'GET /api/designs/logos/[logoId]': ({ logoId }) => ({ logoId }),
  'GET /api/designs/preview': ({ accountId, codeId }) => ({
    query: { accountId, codeId, settings: JSON.stringify(designDefaults) },
  }),
  'POST /api/posters': ({ accountId }) => ({ query: { accountId, name: 'p' }, file: smallPage }),
  'POST /api/designs/logos': ({ accountId }) => ({ query: { accountId }, file: smallLogo }),
  'GET /api/v1/accounts/[id]': ({ accountId }) => ({ id: accountId }),
  'GET /api/v1/analytics/breakdown': ({ accountId, campaignId }) => ({ query: { accountId, campaignId } }),
  'GET /api/v1/analytics/series': ({ accountId, codeId }) => ({ query: { accountId, codeId } }),
  'GET /api/v1/analytics/summary': ({ accountId, channelId }) => ({ query: { accountId, channelId } }),
  'GET /api/analytics/csv': ({ accountId, codeId }) => ({ query: { report: 'series', accountId, codeId } }),
  'GET /api/feed': ({ accountId }) => ({ query: { accountId } }),
  'GET /api/v1/batches': ({ accountId }) => ({ query: { accountId } }),
  'GET /api/v1/batches/[id]': ({ batchId }) => ({ id: batchId }),
  'GET /api/v1/batches/[id]/rows': ({ accountId, batchId }) => ({ id: batchId, query: { accountId } }),
  'GET /api/v1/campaigns': ({ accountId }) => ({ query: { accountId } }),
  'GET /api/v1/campaigns/[id]': ({ campaignId }) => ({ id: campaignId }),
  'GET /api/v1/channels': ({ accountId }) => ({ query: { accountId } }),
  'GET /api/v1/channels/[id]': ({ channelId }) => ({ id: channelId }),
  'GET /api/v1/scans': ({ accountId, codeId }) => ({ query: { accountId, codeId } }),
  'GET /api/v1/codes': ({ accountId }) => ({ query: { accountId } }),
  'GET /api/v1/codes/[id]': ({ accountId, codeId }) => ({ id: codeId, query: { accountId } }),
  'GET /api/v1/codes/[id]/image': ({ codeId }) => ({ id: codeId, query: { format: 'svg' } }),
  'GET /api/v1/tags': ({ accountId }) => ({ query: { accountId } }),
  'GET /api/v1/designs': ({ accountId }) => ({ query: { accountId } }),
  'GET /api/v1/designs/[id]': ({ accountId, designId }) => ({ id: designId, query: { accountId } }),
  'GET /api/v1/quota': ({ accountId }) => ({ query: { accountId } }),
  'GET /api/v1/quota/external': ({ accountId }) => ({ query: { accountId } }),
  'GET /api/v1/bindings': ({ accountId }) => ({ query: { accountId } }),
  'GET /api/v1/bindings/[id]': ({ accountId, bindingId }) => ({ id: bindingId, query: { accountId } }),
  'GET /api/v1/bindings/[id]/events': ({ accountId, bindingId }) => ({ id: bindingId, query: { accountId } }),
  'POST /api/v1/bindings': ({ accountId }) => ({ body: { accountId, externalUserId: 'u' } }),
  'POST /api/v1/batches': ({ accountId, campaignId, channelId }) => ({
    body: { accountId, campaignId, channelId, kind: 'temporary', count: 1 },
  }),
  'POST /api/v1/batches/[id]/pause': ({ batchId }) => ({ id: batchId, body: {} }),
  'POST /api/v1/batches/[id]/resume': ({ accountId, batchId }) => ({ id: batchId, body: { accountId } }),
  'POST /api/v1/batches/[id]/retry': ({ batchId }) => ({ id: batchId, body: {} }),
  'POST /api/v1/batches/[id]/cancel': ({ batchId }) => ({ id: batchId, body: {} }),
  'POST /api/v1/campaigns': ({ accountId }) => ({ body: { accountId, name: 'new' } }),
  'PATCH /api/v1/campaigns/[id]': ({ accountId, campaignId }) => ({
    id: campaignId,
    body: { accountId, note: 'x' },
  }),
  'POST /api/v1/channels': ({ accountId }) => ({ body: { accountId, name: 'n', number: `new ${++count}` } }),
  'PATCH /api/v1/channels/[id]': ({ channelId }) => ({ id: channelId, body: { city: 'x' } }),
  'PUT /api/v1/channels/by-number/[number]': ({ accountId }) => ({ body: { accountId, name: 'put' } }),
  'POST /api/v1/codes': ({ accountId, campaignId, channelId }) => ({
    body: { accountId, campaignId, channelId, label: 'new', kind: 'temporary' },
  }),
  'POST /api/v1/tags': ({ accountId }) => ({ body: { accountId, name: `new ${++count}` } }),
  'PATCH /api/v1/codes/[id]': ({ codeId, channelId }) => ({ id: codeId, body: { channelId, label: 'x' } }),
  'POST /api/v1/codes/[id]/renew': ({ temporaryId }) => ({ id: temporaryId, body: {} }),
  'POST /api/v1/codes/import': ({ accountId, campaignId }) => ({
    body: { accountId, campaignId, rows: [{ scene: `rest ${++count}` }] },
  }),
  'POST /api/v1/codes/[id]/archive': ({ codeId }) => ({ id: codeId, body: {} }),
};

export const routesWithoutIds = ['GET /api/v1/accounts'];

type PageCall = (ids: Ids) => { params?: object; searchParams?: object };

/** What each page that shows a thing of an account, or is filtered by one, is given. */
export const pageCalls: Record<string, PageCall> = {
  '/analytics': ({ campaignId, channelId, codeId, tagId }) => ({
    searchParams: { campaignId, channelId, codeId, tagId },
  }),
  '/approvals/[approvalId]': ({ approvalId }) => ({ params: { approvalId } }),
  '/batches/[batchId]': ({ batchId }) => ({ params: { batchId } }),
  '/batches/new': ({ campaignId }) => ({ searchParams: { campaignId } }),
  '/campaigns/[campaignId]': ({ campaignId }) => ({ params: { campaignId } }),
  '/channels/[channelId]': ({ channelId }) => ({ params: { channelId } }),
  '/notifications/[notificationId]': ({ notificationId }) => ({ params: { notificationId } }),
  '/codes': ({ campaignId, channelId, tagId }) => ({ searchParams: { campaignId, channelId, tagId } }),
  '/codes/[codeId]': ({ codeId }) => ({ params: { codeId } }),
  '/codes/import': ({ codeImportId }) => ({ searchParams: { importId: codeImportId } }),
  '/codes/new': ({ campaignId, channelId }) => ({ searchParams: { campaignId, channelId } }),
  '/print/posters/[posterId]': ({ posterId }) => ({ params: { posterId } }),
  '/print/designs/[designId]': ({ designId }) => ({ params: { designId } }),
};

/** Pages that show what the account of the cookie holds. */
export const pagesWithoutIds = [
  '/settings/bindings',
  '/bindings/try',
  '/print',
  '/print/exports',
  '/notifications',
  '(dashboard)/layout',
  '(dashboard)/settings/layout',
  '(dashboard)/print/layout',
  '/',
  '/batches',
  '/campaigns',
  '/channels',
  '/print/designs',
  '/print/posters',
  '/print/designs/new',
  '/quota',
  '/quota/approvals',
  '/quota/external',
  '/quota/rules',
  '/codes/tags',
  '/scans',
  '/scans/unknown',
  '/settings',
  '/settings/profile',
];
