#if os(Linux)
    extension ListeningProcess {
        /// The process that listens on `port`; nil when there is none or its owner lets nobody look (proc(5)).
        ///
        /// Reads every process's descriptors: for the rare case of a port that is unexpectedly taken.
        package static func find(on port: Port, _ transport: TransportProtocol) -> ListeningProcess? {
            let sockets = BoundSocket.all(on: port, transport) ?? []
            return holders(of: sockets).lazy.compactMap { $0 }.first
        }

        /// The process with the lowest number that has each of `sockets` open, nil where that cannot be seen.
        package static func holders(of sockets: [BoundSocket]) -> [ListeningProcess?] {
            let owners = owners(of: Set(sockets.map(\.inode)))
            return sockets.map { owners[$0.inode].map(process) }
        }

        /// The process with the lowest number that has each socket open, by the socket's inode.
        ///
        /// - Parameter wanted: the sockets to look for, with the last of which the look ends; nil for all.
        static func owners(of wanted: Set<UInt64>? = nil) -> [UInt64: Int32] {
            var owners: [UInt64: Int32] = [:]
            if wanted?.isEmpty == true { return owners }
            for pid in (FileSystem.names(in: "/proc") ?? []).compactMap({ Int32($0) }).sorted() {
                let folder = "/proc/\(pid)/fd"
                for name in FileSystem.names(in: folder) ?? [] {
                    guard let inode = inode(ofDescriptor: "\(folder)/\(name)"), owners[inode] == nil,
                        wanted?.contains(inode) ?? true
                    else { continue }
                    owners[inode] = pid
                }
                if owners.count == wanted?.count { break }
            }
            return owners
        }

        /// All processes that have each socket open, by the socket's inode.
        package static func allHolders(of sockets: [BoundSocket]) -> [UInt64: [Int32]] {
            let wanted = Set(sockets.map(\.inode))
            var holders: [UInt64: [Int32]] = [:]
            for pid in (FileSystem.names(in: "/proc") ?? []).compactMap({ Int32($0) }) {
                for name in FileSystem.names(in: "/proc/\(pid)/fd") ?? [] {
                    guard let inode = inode(ofDescriptor: "/proc/\(pid)/fd/\(name)"), wanted.contains(inode),
                        holders[inode]?.contains(pid) != true
                    else { continue }
                    holders[inode, default: []].append(pid)
                }
            }
            return holders
        }

        private static func inode(ofDescriptor path: String) -> UInt64? {
            FileSystem.link(at: path)?.rest(after: "socket:[").flatMap { UInt64($0.dropLast()) }
        }

        /// Which process in one of `folders` listens on which of `sockets`, with the innermost of the folders that it runs in:
        /// worktrees may lie in one another.
        ///
        /// Only the descriptors of those are read, for few of a machine's processes run there.
        ///
        /// - Parameter known: the folders of processes that count as running there, wherever they do.
        package static func holders(
            of sockets: [BoundSocket], in folders: [String], besides known: [Int32: String] = [:]
        ) -> [HeldSocket] {
            var held: [HeldSocket] = []
            for pid in (FileSystem.names(in: "/proc") ?? []).compactMap({ Int32($0) }).sorted() {
                guard let place = known[pid] ?? FileSystem.link(at: "/proc/\(pid)/cwd") else { continue }
                guard let folder = Path.innermost(of: folders, around: place),
                    known[pid] != nil || !FileSystem.hasCheckout(between: place, and: folder)
                else { continue }
                for name in FileSystem.names(in: "/proc/\(pid)/fd") ?? [] {
                    guard let inode = inode(ofDescriptor: "/proc/\(pid)/fd/\(name)"),
                        let socket = sockets.first(where: { $0.inode == inode }),
                        !held.contains(where: { $0.socket.inode == inode })
                    else { continue }
                    held.append(HeldSocket(socket: socket, process: process(pid), folder: folder))
                }
            }
            return held
        }

        /// True for what a command of a checkout has started, and for what runs in its folder: a daemon may have outlived
        /// its command. Some write over their environment, and some run elsewhere.
        ///
        /// - Parameter variable: `NAME=value`, which every command of the checkout has.
        package func belongs(to folder: String, having variable: String) -> Bool {
            runs(in: folder) || wasStarted(in: folder, having: variable)
        }

        /// True where its working directory is in the checkout at `folder`.
        package func runs(in folder: String) -> Bool {
            FileSystem.link(at: "/proc/\(pid)/cwd").map { FileSystem.isPlace($0, ofCheckout: folder) } ?? false
        }

        /// True for what a command of a checkout has started: by the environment that it was started with, or where it has
        /// written over that, by the nearest process above that has one.
        ///
        /// A portrun has the environment of whoever called it. The one that waits for a command stands where that was
        /// typed, and a supervisor nowhere.
        /// - Parameters:
        ///   - folder: the checkout's.
        ///   - variable: `NAME=value`, which every command of the checkout has.
        package func wasStarted(in folder: String, having variable: String) -> Bool {
            let wanted = Array(variable.utf8)
            let name = Array(wanted[...(wanted.firstIndex(of: UInt8(ascii: "=")) ?? wanted.endIndex - 1)])
            let program = FileSystem.link(at: "/proc/self/exe")
            for process in [pid] + ProcessTree.ancestors(of: pid) {
                if let program, FileSystem.link(at: "/proc/\(process)/exe") == program {
                    guard let place = FileSystem.link(at: "/proc/\(process)/cwd"), place != "/" else { continue }
                    return FileSystem.isPlace(place, ofCheckout: folder)
                }
                let entry = RunningProcess.variables(of: process)?.first { $0.starts(with: name) }
                if let entry { return entry.elementsEqual(wanted) }
            }
            return false
        }

        package static func process(_ pid: Int32) -> ListeningProcess {
            let texts = RunningProcess.texts(of: pid)
            return ListeningProcess(pid: pid, name: texts.name, command: texts.command)
        }
    }
#endif
