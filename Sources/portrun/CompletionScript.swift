import PortrunBase

/// What shells complete by: ArgumentParser's script, which knows nothing of the command behind `--`, nor that `portrun -q`
/// is `portrun run -q`.
enum CompletionScript {
    private static let option = "--generate-completion-script"

    /// - Parameters:
    ///   - text: what ArgumentParser has for the command line.
    ///   - words: the command line.
    /// - Returns: the script; `text` itself where no script is asked for.
    static func completed(_ text: String, for words: [String]) -> String {
        guard let first = words.first, first == option || first.hasPrefix(option + "=") else { return text }
        if text.contains("\ncomplete -o filenames -F _portrun portrun\n") { return text + bash }
        if text.hasPrefix("#compdef portrun\n") {
            return text.replacing("\n_portrun() {\n", with: "\n__portrun_subcommands() {\n").replacing(
                zshEnd, with: zsh + zshEnd)
        }
        return text.contains("\nfunction __portrun_tokens\n") ? text + fish : text
    }

    /// With bash-completion a command completes as it does alone; else by the names of commands and files.
    private static let bash = #"""

        _portrun_command() {
            local -i index
            case "${COMP_WORDS[1]-}" in
            run | explain | -*)
                for ((index = 1; index < COMP_CWORD; index++)); do
                    [[ "${COMP_WORDS[index]}" == -- ]] || continue
                    if declare -F _comp_command_offset >/dev/null; then
                        _comp_command_offset "$((index + 1))"
                    elif declare -F _command_offset >/dev/null; then
                        _command_offset "$((index + 1))"
                    else
                        local kind=-f line
                        if ((COMP_CWORD == index + 1)); then kind=-c; fi
                        while IFS='' read -r line; do COMPREPLY+=("${line}"); done < <(compgen "${kind}" -- "${2}")
                    fi
                    return
                done
                ;;
            esac
            if [[ "${COMP_WORDS[1]-}" == -* ]]; then
                local -a COMP_WORDS=("${COMP_WORDS[0]}" run "${COMP_WORDS[@]:1}")
                local -i COMP_CWORD="$((COMP_CWORD + 1))"
            fi
            _portrun "${@}"
        }

        complete -o filenames -F _portrun_command portrun
        """# + "\n"

    private static let zshEnd = "\nif [[ \"${funcstack[1]}\" = _portrun ]]; then\n"

    private static let zsh = #"""

        _portrun() {
            local -i terminator="${words[(i)--]}"
            if (( CURRENT > terminator )) && [[ "${words[2]}" == (run|explain|-*) ]]; then
                shift "${terminator}" words
                (( CURRENT -= terminator ))
                _normal
                return
            fi
            if (( CURRENT > 1 )) && [[ "${words[2]}" == -* ]]; then
                words=("${words[1]}" run "${(@)words[2,-1]}")
                (( CURRENT += 1 ))
            fi
            __portrun_subcommands "${@}"
        }

        """#

    private static let fish = #"""

        # The place of `--` among the words in front of the cursor.
        function __portrun_terminator
            set -l words (__portrun_typed_tokens -pc)
            string match -qr '^(run|explain|-.*)$' -- $words[2]; and contains -i -- -- $words
        end

        function __portrun_complete_command
            set -l words (__portrun_typed_tokens -pc)
            set -l place (__portrun_terminator)
            complete -C (string join ' ' -- $words[(math $place + 1)..] (commandline -ct))
        end

        functions -e __portrun_typed_tokens
        functions -c __portrun_tokens __portrun_typed_tokens

        # None behind `--`, and `run` in front of an option of its.
        function __portrun_tokens
            __portrun_terminator >/dev/null; and return
            set -l words (__portrun_typed_tokens $argv)
            set -l first $words[2]
            test (count $words) = 1; and set first (commandline -ct)
            if string match -q -- '-*' $first
                set words $words[1] run $words[2..]
            end
            printf '%s\n' $words
        end

        complete -c 'portrun' -n '__portrun_terminator >/dev/null' -fa '(__portrun_complete_command)'
        """# + "\n"
}
