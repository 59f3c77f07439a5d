import HummingbirdCore
import Logging
import NIOCore
import NIOExtras
import NIOPosix
import PortrunBase
import ServiceLifecycle

/// Serves one socket that listens already. Ends gracefully: what has been asked is answered.
struct HTTPServer: Service {
    let socket: ServerSocket
    let responder: Responder
    let group: any EventLoopGroup

    /// A connection on which nothing is asked for so long is closed.
    private static let idleTimeout = TimeAmount.seconds(60)

    private typealias Connection = (peer: Peer, channel: HTTP1Channel.Value)

    func run() async throws {
        let logger = Logger(label: "portrund")
        let configuration = HTTP1Channel.Configuration(
            idleTimeout: Self.idleTimeout,
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: 16384, maxHeaderListSize: 32768, maxHeaderFieldCount: 100))
        let quiescing = ServerQuiescingHelper(group: group)
        let (place, responder) = (socket.place, responder)
        let setup = HTTP1Channel(responder: { _, _, _ in }, configuration: configuration)
        let server = try await ServerBootstrap(group: group)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(quiescing.makeServerChannelHandler(channel: channel))
                }
            }
            .bind(socket.descriptor) { channel in
                setup.setup(channel: channel, logger: logger).and(Peer.of(channel, on: place))
            }
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { tasks in
                try? await server.executeThenClose { connections in
                    for try await (channel, peer) in connections {
                        tasks.addTask {
                            let http = HTTP1Channel(
                                responder: { request, writer, _ in
                                    try await responder.respond(to: request, of: peer, writer)
                                }, configuration: configuration)
                            await http.handle(value: channel, logger: logger)
                        }
                    }
                }
            }
        } onGracefulShutdown: {
            quiescing.initiateShutdown(promise: nil)
        }
    }
}
