import { AriFailure } from '../../http/failure.js';

export interface Module {
  readonly name: string;
  readonly description: string;
  readonly use_count: number;
  readonly status: string;
  readonly support_level: string;
}

/** Modules that are there, with what they are for in a few words. */
const AVAILABLE = new Map(
  Object.entries({
    'app_dial.so': 'Dialing',
    'app_echo.so': 'Echo',
    'app_playback.so': 'Playback',
    'app_stasis.so': 'Stasis',
    'chan_pjsip.so': 'PJSIP channels',
    'func_callerid.so': 'Caller id functions',
    'pbx_config.so': 'Dialplan from a file',
    'res_ari.so': 'ARI',
    'res_ari_applications.so': 'ARI applications',
    'res_ari_asterisk.so': 'ARI asterisk',
    'res_ari_bridges.so': 'ARI bridges',
    'res_ari_channels.so': 'ARI channels',
    'res_ari_device_states.so': 'ARI device states',
    'res_ari_endpoints.so': 'ARI endpoints',
    'res_ari_events.so': 'ARI events',
    'res_ari_mailboxes.so': 'ARI mailboxes',
    'res_ari_playbacks.so': 'ARI playbacks',
    'res_ari_recordings.so': 'ARI recordings',
    'res_ari_sounds.so': 'ARI sounds',
    'res_musiconhold.so': 'Music on hold',
    'res_stasis.so': 'Stasis applications',
    'res_stasis_answer.so': 'Stasis answering',
    'res_stasis_broadcast.so': 'Stasis broadcasts',
    'res_stasis_device_state.so': 'Stasis device states',
    'res_stasis_mailbox.so': 'Stasis mailboxes',
    'res_stasis_playback.so': 'Stasis playbacks',
    'res_stasis_recording.so': 'Stasis recordings',
    'res_stasis_snoop.so': 'Stasis snooping',
  }),
);

/** Modules that everything else stands on. */
const IN_USE = new Set(['res_ari.so', 'res_stasis.so', 'app_stasis.so']);

/** Modules that read their configuration anew when they are told to. */
const RELOADABLE = new Set(['chan_pjsip.so', 'pbx_config.so', 'res_ari.so', 'res_musiconhold.so']);

/** Which modules run. */
export class Modules {
  readonly #running = new Set(AVAILABLE.keys());

  list(): Module[] {
    return [...this.#running].sort().map((name) => this.#describe(name));
  }

  get(name: string): Module {
    if (!this.#running.has(name)) throw new AriFailure(404, 'Module could not be found in running modules');
    return this.#describe(name);
  }

  load(name: string): void {
    if (this.#running.has(name)) throw new AriFailure(409, 'Module is already loaded');
    if (!AVAILABLE.has(name)) throw new AriFailure(409, 'Module load declined');
    this.#running.add(name);
  }

  unload(name: string): void {
    if (!this.#running.has(name)) throw new AriFailure(404, 'Module not found in running modules');
    if (IN_USE.has(name)) throw new AriFailure(409, 'Module could not be unloaded');
    this.#running.delete(name);
  }

  reload(name: string): void {
    if (!this.#running.has(name)) throw new AriFailure(404, 'Module not found in running modules');
    if (!RELOADABLE.has(name)) throw new AriFailure(409, 'Module does not support reloading');
  }

  #describe(name: string): Module {
    return {
      name,
      description: AVAILABLE.get(name) ?? '',
      use_count: IN_USE.has(name) ? 1 : 0,
      status: 'Running',
      support_level: 'core',
    };
  }
}
