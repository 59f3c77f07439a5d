#if os(Linux)
    import CProcess

    /// How the network namespace of this process is called.
    enum NetworkNamespace {
        /// `host` for that of the machine, else its inode.
        ///
        /// An inode means nothing after the next boot, so the namespace of the machine is recognized instead: it is
        /// that of pid 1, and in it since Linux 6.18 the inode is fixed. The link /proc/1/ns/net itself is for root
        /// only, but anyone may stat(2) the files below /proc/1/net, whose inodes differ between namespaces as well.
        /// A namespace that cannot be told (no /proc, `hidepid` of proc(5)) counts as the machine's, where most ports
        /// are. The boot is no part of the name: who cannot read it shares ports with who can.
        ///
        /// Inside another pid namespace pid 1 says nothing about the machine: with a kernel before 6.18 a container
        /// on the network of its host does not see that it is. Only probing tells the ports in use there.
        static func name(pidNamespace: String) -> String {
            guard let own = ProcLink.namespace("/proc/self/ns/net", PORTRUN_NET_NAMESPACE), own != initial
            else { return "host" }
            if pidNamespace.hasPrefix(Vantage.initialPIDNamespace) {
                guard let first = ProcLink.inode(of: "/proc/1/net/dev"),
                    first != ProcLink.inode(of: "/proc/self/net/dev")
                else { return "host" }
            }
            return String(own)
        }

        /// NET_NS_INIT_INO of linux/nsfs.h; older kernels number from 4026531840 on.
        private static let initial: UInt64 = 4_026_531_833
    }
#endif
