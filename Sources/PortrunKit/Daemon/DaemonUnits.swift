import PortrunBase

/// The files by which a service manager starts the daemon.
package struct DaemonUnits: Sendable {
    /// A file with its path and its content; of a link, where it leads to.
    package struct File: Sendable, Equatable {
        package let path: String
        package let text: String
        /// A line that only a file which portrun has written has, whatever the user has changed in it; empty for a link.
        package var mark = ""

        /// Whether portrun has written what a file holds.
        package func isOwn(_ bytes: [UInt8]) -> Bool { String(decoding: bytes, as: UTF8.self).contains(mark) }

        /// Whether a link stands there that leads to the file, as it or somebody's hand may have made it.
        package var isLink: Bool {
            FileSystem.link(at: path).map { Path.absolute($0, in: Path.parent(path)) } == text
        }
    }

    package let files: [File]
    /// What the user types to have it started now and whenever they log in.
    package let start: String
    /// The links by which a service manager starts it at every login, where they lead to these files.
    package let links: [File]
    /// What the user types when the files and links are gone, and it may still run.
    package let stop: String

    /// For systemd: a socket, by which the first client starts the daemon, and the service (systemd.socket(5)).
    ///
    /// - Parameters:
    ///   - arguments: the daemon's program and its arguments.
    ///   - hasDoors: it has more to open than the socket, and so starts at once.
    /// - Throws: `UnitPathError`.
    package static func systemd(
        _ arguments: [String], socket: String, configuration: String, hasDoors: Bool
    ) throws(UnitPathError) -> DaemonUnits {
        if let error = UnitPathError(socket) { throw error }
        let folder = configuration + "/systemd/user"
        let service = """
            [Unit]
            Description=portrun's daemon: which ports of this machine are booked, and by whom
            Requires=portrund.socket
            After=portrund.socket

            [Service]
            Type=exec
            ExecStart=\(arguments.map(systemdWord).joined(separator: " "))
            Restart=on-failure
            NoNewPrivileges=yes

            [Install]
            WantedBy=default.target

            """
        let listener = """
            [Unit]
            Description=The socket of portrun's daemon

            [Socket]
            ListenStream=\(socket.replacing("%", with: "%%"))
            SocketMode=0600
            DirectoryMode=0700

            [Install]
            WantedBy=sockets.target

            """
        let units = "portrund.socket" + (hasDoors ? " portrund.service" : "")
        return DaemonUnits(
            files: [
                File(path: folder + "/portrund.service", text: service, mark: "Description=portrun's daemon"),
                File(
                    path: folder + "/portrund.socket", text: listener,
                    mark: "Description=The socket of portrun's daemon"),
            ],
            start: "systemctl --user daemon-reload && systemctl --user enable --now \(units)",
            links: [
                File(path: folder + "/default.target.wants/portrund.service", text: folder + "/portrund.service"),
                File(path: folder + "/sockets.target.wants/portrund.socket", text: folder + "/portrund.socket"),
            ],
            // Without its file a unit is known until the manager reads all of them anew.
            stop: "systemctl --user stop portrund.socket portrund.service; systemctl --user daemon-reload")
    }

    /// For launchd: an agent that starts at once (launchd.plist(5)).
    package static func launchd(_ arguments: [String], home: String) -> DaemonUnits {
        let label = "dev.portrun.portrund"
        let path = home + "/Library/LaunchAgents/\(label).plist"
        let words = arguments.map { "        <string>\(xml($0))</string>\n" }.joined()
        let text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
            <plist version="1.0">
            <dict>
                <key>Label</key>
                <string>\(label)</string>
                <key>ProgramArguments</key>
                <array>
            \(words)    </array>
                <key>RunAtLoad</key>
                <true/>
                <key>KeepAlive</key>
                <dict>
                    <key>SuccessfulExit</key>
                    <false/>
                </dict>
            </dict>
            </plist>

            """
        let word = ShellWord.quoted(path)
        return DaemonUnits(
            files: [File(path: path, text: text, mark: label)], start: "launchctl load -w \(word)", links: [],
            stop: "launchctl remove \(label)")
    }

    /// The doors that a file opens, as `--door` names them.
    package static func doors(in text: String) -> [String] {
        let systemd = text.components(after: "\"--door\" \"", upTo: "\"")
        return systemd + text.components(after: "<string>--door</string>\n        <string>", upTo: "<")
    }

    /// A word of a command line as systemd.service(5) reads it: quotes, escapes, `%` for specifiers, `$` for variables.
    private static func systemdWord(_ text: String) -> String {
        var word = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": word += "\\" + String(scalar)
            case "%", "$": word += String(scalar) + String(scalar)
            case _ where scalar.value < 0x20:
                word += "\\x" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            default: word.unicodeScalars.append(scalar)
            }
        }
        return word + "\""
    }

    private static func xml(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}

extension String {
    /// What stands behind each `start`, up to the next `end`.
    fileprivate func components(after start: String, upTo end: Character) -> [String] {
        split(separator: start, omittingEmptySubsequences: false).dropFirst().map { String($0.prefix { $0 != end }) }
    }
}
