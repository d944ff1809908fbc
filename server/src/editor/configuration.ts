import { DidChangeConfigurationNotification } from 'vscode-languageserver/node';
import { tellRules, type EditorContext } from './context.ts';
import { SETTINGS_SECTION } from './protocol.ts';
import { decidesOnRules, parseExclude, parseSettings, type ReadRules } from './settings.ts';

/** How long a client may take to answer before the defaults are used, in milliseconds. */
const PATIENCE = 5_000;

/** What a change of settings means for the rest. */
export interface SettingsChange {
  /** Switched on or off. */
  enable: boolean;
  /** What is left out changed: the index must run again. */
  exclude: boolean;
}

/** Asks for the settings now and whenever they change. */
export class Configuration {
  private readonly context: EditorContext;
  private pulls = 0;

  constructor(context: EditorContext) {
    this.context = context;
  }

  /** Follows changes; `changed` is told after the new settings are in force. */
  listen(changed: (change: SettingsChange) => void): void {
    const { connection, support } = this.context;
    if (support.configurationRegistration) {
      connection.client
        .register(DidChangeConfigurationNotification.type, { section: [SETTINGS_SECTION, 'files.exclude'] })
        .catch((error: unknown) => this.context.log(`Changes of settings cannot be followed: ${String(error)}`));
    }
    connection.onDidChangeConfiguration(({ settings }) => {
      // A client that cannot be asked sends the settings along.
      const pushed = support.configuration ? undefined : (settings as Record<string, unknown> | null | undefined);
      void this.load(pushed?.[SETTINGS_SECTION]).then(changed, (error: unknown) => this.context.log(`Settings failed: ${String(error)}`));
    });
  }

  /** Takes the settings: from the client if it can be asked, else `given`. Bad or missing ones are replaced by the defaults. */
  async load(given?: unknown): Promise<SettingsChange> {
    const { context } = this;
    const pull = ++this.pulls;
    let section = given;
    let exclude: string[] | undefined;
    if (context.support.configuration) {
      try {
        const asked = context.connection.workspace.getConfiguration([{ section: SETTINGS_SECTION }, { section: 'files.exclude' }]);
        const answer: unknown = await withTimeout(Promise.resolve(asked));
        const [own, files] = Array.isArray(answer) ? (answer as unknown[]) : [];
        section = own;
        exclude = parseExclude(files);
      } catch (error) {
        context.log(`The settings could not be read, the defaults are used: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    // Where nobody has decided anything, no schema is loaded.
    const readRules = decidesOnRules(section) ? await ruleReader() : undefined;
    // Overtaken by a later question, whose answer counts.
    if (pull !== this.pulls) return { enable: false, exclude: false };
    const before = context.settings;
    context.settings = parseSettings(section, (message) => context.log(message), readRules);
    tellRules(context);
    return { enable: before.enable !== context.settings.enable, exclude: exclude !== undefined && context.workspace.setExclude(exclude) };
  }
}

async function ruleReader(): Promise<ReadRules> {
  const [{ parseRuleSettings }, { ABOUT_RULES }] = await Promise.all([import('../user-catalog/parseUserCatalog.ts'), import('../engine/aboutRules.ts')]);
  return (value) => parseRuleSettings(value, ABOUT_RULES);
}

async function withTimeout<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the client did not answer within ${PATIENCE} ms`)), PATIENCE);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
