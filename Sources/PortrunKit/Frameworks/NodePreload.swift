import PortrunBase
import PortrunLaunch

/// A file that node loads before anything else, and which tells servers of known frameworks their port.
///
/// It is for servers that no word on the command line reaches, such as one of two in a script. The file itself says
/// which server gets which port, since not every runner hands the environment on (turbo does not). Its name comes from
/// its content, so that two runs do not take each other's file.
package struct NodePreload: Sendable, Equatable {
    private let text: String
    private let name: String

    private struct Server: Sendable, Equatable {
        let programs: [String]
        /// A script of the project's own; nil for a program of a package.
        let script: String?
        let folder: String
        let arguments: [String]
        let spellings: [String]
        let words: [String]
        /// The variable that tells a program its port for which there is no flag.
        let variable: String?
        let port: Port
    }

    /// - Parameters:
    ///   - ports: one for each call; nil where none is booked.
    ///   - translated: what is translated for the command, if node may run in it: ports that node listens on elsewhere
    ///     than it knows.
    ///   - later: those that the kernel alone chooses, where others may be translated as soon as they are bound; nil where
    ///     that is not so, or no node may run.
    ///   - owner: whose checkout it is.
    /// - Returns: nil when no call goes this way, and nothing is translated.
    package init?(
        _ calls: [FrameworkCall], _ ports: [Port?], translated: [Translation.Entry] = [], later: PortRange? = nil,
        for owner: FileOwner
    ) {
        var servers: [Server] = []
        for (call, port) in zip(calls, ports) where call.route == .preload {
            guard let port else { continue }
            let words = call.framework.words(for: port)
            servers.append(
                Server(
                    programs: call.framework.programs, script: call.script, folder: call.folder,
                    arguments: call.arguments,
                    spellings: call.framework.spellings, words: words, variable: words.isEmpty ? "PORT" : nil,
                    port: port))
        }
        let translated = translated.filter {
            $0.transport == .tcp && $0.use != .connectOnly && $0.booked != $0.declared
        }
        guard !servers.isEmpty || !translated.isEmpty || later != nil else { return nil }
        text = Self.text(servers, translated, later, owner)
        name = "\(Self.prefix)\(MD5.hexadecimal(of: text.utf8).prefix(12)).cjs"
    }

    private static let prefix = "portrun-"
    static let variable = "NODE_OPTIONS"

    /// Where the file is written; its name is that of its content.
    package func path(in state: StateFolder) -> String { state.file(name, of: .preload) }

    /// Writes the file, unless it is there.
    ///
    /// - Returns: its path.
    package func save(in state: StateFolder) throws(FileError) -> String {
        let path = path(in: state)
        try FileSystem.makeFolder(Path.parent(path))
        let content = Array(text.utf8)
        guard !Trust.isFile(path, holding: content) else { return path }
        try FileSystem.replace(path, with: content)
        return path
    }

    /// `environment` with a `NODE_OPTIONS` that loads the file at `path` after the options that the user has there.
    package static func applied(_ path: String, to environment: Environment) -> Environment {
        var quoted: [UInt8] = []
        for byte in path.utf8 {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { quoted.append(UInt8(ascii: "\\")) }
            quoted.append(byte)
        }
        var options = Array(environment.bytes(of: variable) ?? [])
        if !options.isEmpty { options.append(UInt8(ascii: " ")) }
        var result = environment
        result.set(variable, to: options + Array(start.utf8) + quoted + [UInt8(ascii: "\"")])
        return result
    }

    private static let start = "--require \""

    /// `environment` without the files of a portrun further out.
    package static func removed(from environment: Environment) -> Environment {
        guard let options = environment.bytes(of: variable) else { return environment }
        var kept: [UInt8] = []
        var rest = options
        var hasOurs = false
        let quote = UInt8(ascii: "\"")
        while !rest.isEmpty {
            if rest.starts(with: start.utf8), let end = rest.dropFirst(start.utf8.count).firstIndex(of: quote),
                Self.isOurs(String(decoding: rest[rest.startIndex..<end].dropFirst(start.utf8.count), as: UTF8.self))
            {
                hasOurs = true
                rest = rest[(end + 1)...]
                if kept.last == UInt8(ascii: " ") { kept.removeLast() }
            } else {
                kept.append(rest.removeFirst())
            }
        }
        guard hasOurs else { return environment }
        var result = environment
        if kept.isEmpty {
            result.remove(variable)
        } else {
            result.set(variable, to: kept)
        }
        return result
    }

    private static func isOurs(_ path: String) -> Bool {
        let name = Path.lastName(path)
        return name.hasPrefix(prefix) && name.hasSuffix(".cjs")
            && Path.lastName(Path.parent(path)) == StateFolder.Part.preload.rawValue
    }

    private static func text(
        _ servers: [Server], _ translated: [Translation.Entry], _ later: PortRange?, _ owner: FileOwner
    ) -> String {
        let list = servers.map { server in
            JSONValue.object([
                "programs": .array(server.programs.map { .string($0) }), "script": .string(orNull: server.script),
                "folder": .string(server.folder),
                "arguments": .array(server.arguments.map { .string($0) }),
                "spellings": .array(server.spellings.map { .string($0) }),
                "words": .array(server.words.map { .string($0) }), "variable": .string(orNull: server.variable),
                "port": .integer(Int(server.port.number)),
            ])
        }
        let start = owner.line(after: "//") + "'use strict';\nconst servers = \(JSONValue.array(list).text);\n"
        if translated.isEmpty, later == nil { return start + program }
        let pairs = translated.compactMap { entry in
            entry.booked.map { JSONValue.array([.integer(Int(entry.declared.number)), .integer(Int($0.number))]) }
        }
        // None is between them where nothing is translated later.
        let kernels = later.map { ($0.first.number, $0.last.number) } ?? (0, UInt16.max)
        return start + program + "\nconst translated = new Map(\(JSONValue.array(pairs).text));\n"
            + "const kernels = [\(kernels.0), \(kernels.1)];\n" + clusterProgram
    }

    /// Has a worker of node's `cluster` take a translated port for the one it asked for: it compares the two, and takes
    /// another one for a port in use. Whoever asks afterwards is told the truth. What the kernel has chosen is no
    /// translated one: so it is when a bind has failed (node's net.js, checkBindError).
    private static let clusterProgram = #"""
        const cluster = process.connected && require('worker_threads').isMainThread ? require('cluster') : {};
        if (cluster.isWorker && typeof cluster._getServer === 'function') {
          const getServer = cluster._getServer;
          cluster._getServer = function (server, options, callback) {
            const booked = translated.get(options.port);
            return getServer.call(this, server, options, (error, handle, ...rest) => {
              if (!handle || typeof handle.getsockname !== 'function') {
                return callback(error, handle, ...rest);
              }
              const own = Object.getOwnPropertyDescriptor(handle, 'getsockname');
              const getsockname = handle.getsockname;
              handle.getsockname = function (out) {
                const result = getsockname.call(this, out);
                const isLater = booked === undefined && options.port > 0
                  && (out.port < kernels[0] || out.port > kernels[1]);
                if (out.port === booked || isLater) out.port = options.port;
                return result;
              };
              try {
                return callback(error, handle, ...rest);
              } finally {
                if (own) Object.defineProperty(handle, 'getsockname', own); else delete handle.getsockname;
              }
            });
          };
        }

        """#

    /// Finds out which of the servers this process is, and changes its arguments as if they had been typed so.
    ///
    /// A program is known by its package's `bin`, so that neither links nor wrappers matter, and a worker that has
    /// another file of the same package is left alone.
    private static let program = #"""
        const fs = require('fs');
        const path = require('path');

        function programNames(file) {
          let real;
          try { real = fs.realpathSync(file); } catch { return []; }
          for (let folder = path.dirname(real); ; folder = path.dirname(folder)) {
            let manifest;
            try { manifest = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')); } catch {}
            if (manifest && manifest.name) {
              const bin = typeof manifest.bin === 'string'
                ? { [manifest.name.split('/').pop()]: manifest.bin } : manifest.bin || {};
              return Object.keys(bin).filter((name) => {
                try { return fs.realpathSync(path.resolve(folder, bin[name])) === real; } catch { return false; }
              });
            }
            if (folder === path.dirname(folder)) return [];
          }
        }

        function isHere(folder) {
          try { return fs.realpathSync(folder) === fs.realpathSync(process.cwd()); } catch { return false; }
        }

        function isSame(file, other) {
          try { return fs.realpathSync(file) === fs.realpathSync(other); } catch { return false; }
        }

        function withoutPort(words, spellings) {
          const kept = [];
          for (let index = 0; index < words.length; index++) {
            const word = words[index];
            if (word === '--') return kept.concat(words.slice(index));
            if (spellings.includes(word)) { index++; continue; }
            const isAttached = spellings.some((spelling) => word.startsWith(spelling + '=')
              || (!spelling.startsWith('--') && word.startsWith(spelling) && /^[0-9]+$/.test(word.slice(spelling.length))));
            if (!isAttached) kept.push(word);
          }
          return kept;
        }

        if (require('worker_threads').isMainThread && process.argv[1]) {
          const here = servers.filter((server) => isHere(server.folder));
          const names = here.length ? programNames(process.argv[1]) : [];
          let script = process.argv[1];
          try { script = require.resolve(script); } catch {}
          const own = process.argv.slice(2);
          const server = here
            .filter((server) => (server.script ? isSame(server.script, script) : server.programs.some((name) => names.includes(name)))
              && server.arguments.every((word, index) => word === own[index]))
            .sort((a, b) => b.arguments.length - a.arguments.length)[0];
          if (server && server.variable) process.env[server.variable] = String(server.port);
          if (server && server.words.length) {
            const words = withoutPort(own, server.spellings);
            const end = words.indexOf('--');
            words.splice(end < 0 ? words.length : end, 0, ...server.words);
            process.argv.splice(2, process.argv.length, ...words);
          }
        }

        """#
}
