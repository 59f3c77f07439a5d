#if canImport(Darwin)
    extension ConnectionOwner {
        /// The owner of the socket at `client` that is connected to `server`.
        package static func of(_ client: LoopbackAddress, connectedTo server: LoopbackAddress) -> ConnectionOwner {
            .untold
        }
    }
#endif
