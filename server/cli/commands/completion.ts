import { CliError } from '../cli-error';
import type { Command } from '../command';

/** Options and second words stand in each command's usage: completion reads them there. */
export const completion = (commands: () => Record<string, Command>): Command => ({
  summary: 'print the completion of commands for bash or zsh',
  usage: `usage: brine completion bash|zsh

bash: source <(brine completion bash)
zsh:  source <(brine completion zsh)`,
  async run(args) {
    const [shell, ...rest] = args;
    if ((shell !== 'bash' && shell !== 'zsh') || rest.length > 0) throw new CliError(this.usage, 2);
    process.stdout.write(
      shell === 'zsh' ? `autoload -U +X bashcompinit && bashcompinit\n${bash(commands())}` : bash(commands()),
    );
    return 0;
  },
});

function bash(commands: Record<string, Command>): string {
  const cases = Object.entries(commands).map(
    ([name, { usage }]) => `    ${name}) words="${wordsOf(name, usage).join(' ')}" ;;`,
  );
  return `_brine() {
  local word="\${COMP_WORDS[COMP_CWORD]}" words=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    words="${Object.keys(commands).join(' ')}"
  else
    case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _brine brine brine.mjs
`;
}

/** The long options, and the words that may follow the command: "family install FOLDER" has install. */
function wordsOf(name: string, usage: string): string[] {
  const options = usage.match(/--[a-z][a-z-]*/g) ?? [];
  const following = [...usage.matchAll(new RegExp(`brine ${name} ([a-z|]+)`, 'g'))].flatMap(([, words]) =>
    words!.split('|'),
  );
  return [...new Set([...following, ...options, '--help'])];
}
