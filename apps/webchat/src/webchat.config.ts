import { Env, env } from '@cordboard/service-kit';

/** Settings of the site chat. */
export class WebchatConfig {
  @Env(
    'PUBLIC_ORIGIN',
    env.url(),
    'Origin under which browsers reach this installation: `https://chat.example`. Without it, http://localhost with the port of the request.',
  )
  publicOrigin = '';

  @Env(
    'TRUSTED_PROXIES',
    env.int(0, 10),
    'How many proxies of your own stand before Cordboard and append to X-Forwarded-For; 0 ignores the header.',
  )
  trustedProxies = 0;

  @Env('WEBCHAT_WIDGET_DIR', env.text(), 'Folder of the built widget.')
  widgetDir = 'dist/widget';

  @Env('WEBCHAT_LANES', env.int(1, 16), 'Lanes that commit visitors’ messages, one database connection each; one makes the largest groups.')
  lanes = 1;

  @Env('WEBCHAT_LANE_QUEUE', env.int(1, 100_000), 'Most messages that wait in one lane; over it visitors are told to come again.')
  laneQueue = 1000;

  @Env(
    'WEBCHAT_SHED_LAG_MS',
    env.int(100, 5000),
    'How far the inbox may be behind before visitors’ messages begin to be put off; at twice this all are.',
  )
  shedLagMs = 1000;

  @Env('WEBCHAT_VISITOR_MESSAGES_PER_S', env.int(1, 1000), 'Messages a visitor may send per second, over time.')
  visitorMessagesPerS = 5;

  @Env('WEBCHAT_VISITOR_BURST', env.int(1, 10_000), 'Messages a visitor may send at once.')
  visitorBurst = 30;

  @Env('WEBCHAT_NEW_VISITORS_PER_MIN', env.int(1, 1_000_000), 'New visitors from one network address per minute, over time.')
  newVisitorsPerMin = 60;

  @Env('WEBCHAT_NEW_VISITORS_BURST', env.int(1, 1_000_000), 'New visitors from one network address at once.')
  newVisitorsBurst = 120;

  @Env('WEBCHAT_MAX_SOCKETS', env.int(1, 1_000_000), 'Most visitors connected to this process.')
  maxSockets = 10_000;

  @Env('WEBCHAT_SOCKET_BUFFER_BYTES', env.int(65_536, 67_108_864), 'A socket with more unsent bytes than this is closed and resumes.')
  socketBufferBytes = 1_048_576;
}
