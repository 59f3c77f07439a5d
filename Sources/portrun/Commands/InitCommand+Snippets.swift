import PortrunBase

extension InitCommand.Tool {
    /// The text that the tool is to read.
    ///
    /// A shell's hook asks portrun before each prompt. It hands over what it remembers of the last answer, so that
    /// there is nothing to do but to look at a few files (`WatchState`) while folder, branch and project are the same.
    /// `PORTRUN_HOOK` tells commands in the shell that it has one (`ShellHook`), whichever file has set it up.
    var snippet: String {
        switch self {
        case .direnv: Self.forDirenv
        case .direnvLibrary: Self.forDirenvLibrary
        case .bash: Self.forBash
        case .zsh: Self.forZsh
        case .fish: Self.forFish
        case .nushell: Self.forNushell
        }
    }

    private static let forDirenv = #"""
        # The ports of this checkout (portrun).
        eval "$(portrun export)"

        """#

    private static let forDirenvLibrary = #"""
        # `use portrun` in .envrc: the ports of this checkout. Options are those of `portrun export`.
        use_portrun() {
            eval "$(portrun export --format direnv "$@")"
        }

        """#

    /// Bash has no hook for a change of folder: what stands behind `cd` on one line gets the ports of before.
    private static let forBash = #"""
        # The ports of the checkout that the shell is in (portrun).
        export PORTRUN_HOOK=bash
        _portrun_hook() {
            local status=$?
            eval "$(PORTRUN_WATCH="${_portrun_watch-}" command portrun export --hook)"
            return $status
        }
        case ";${PROMPT_COMMAND[*]-};" in
        *_portrun_hook*) ;;
        *)
            if [[ $(declare -p PROMPT_COMMAND 2>/dev/null) == "declare -a"* ]]; then
                PROMPT_COMMAND=(_portrun_hook "${PROMPT_COMMAND[@]}")
            else
                PROMPT_COMMAND="_portrun_hook${PROMPT_COMMAND:+;$PROMPT_COMMAND}"
            fi
            ;;
        esac

        """#

    private static let forZsh = #"""
        # The ports of the checkout that the shell is in (portrun).
        export PORTRUN_HOOK=zsh
        _portrun_hook() {
            eval "$(PORTRUN_WATCH="${_portrun_watch-}" command portrun export --hook)"
        }
        autoload -Uz add-zsh-hook
        add-zsh-hook precmd _portrun_hook
        add-zsh-hook chpwd _portrun_hook

        """#

    private static let forFish = #"""
        # The ports of the checkout that the shell is in (portrun).
        set -gx PORTRUN_HOOK fish
        function _portrun_hook --on-event fish_prompt --on-variable PWD
            status is-command-substitution; and return
            PORTRUN_WATCH="$_portrun_watch" command portrun export --hook --format fish | source
        end

        """#

    private static let forNushell = #"""
        # The ports of the checkout that the shell is in (portrun).
        $env.PORTRUN_HOOK = "nushell"
        $env.config = ($env.config | upsert hooks.pre_prompt (
            ($env.config.hooks.pre_prompt? | default []) | append {||
                let printed = (^portrun export --hook --format json)
                if ($printed | is-not-empty) {
                    let variables = ($printed | from json | transpose name value)
                    for gone in ($variables | where value == null) { hide-env --ignore-errors $gone.name }
                    $variables | where value != null
                    | update value { into string }
                    | transpose --header-row --as-record | load-env
                }
            }
        ))

        """#
}
