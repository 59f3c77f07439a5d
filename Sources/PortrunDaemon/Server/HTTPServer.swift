import HummingbirdCore
import Logging
import NIOCore
import NIOExtras
import NIOHTTPTypesHTTP1
import NIOPosix
import PortrunBase
import ServiceLifecycle

/// Serves one socket that listens already. Ends gracefully: what has been asked is answered.
struct HTTPServer: Service {
    let socket: ServerSocket
    let responder: Responder
    let connections: Connections
    let group: any EventLoopGroup

    /// A connection on which nothing is asked for so long is closed.
    private static let idleTimeout = TimeAmount.seconds(60)

    /// Where there are no descriptors left, it goes on after so long.
    private static let pause = TimeAmount.milliseconds(100)

    private typealias Connection = (peer: Peer, channel: HTTP1Channel.Value)

    func run() async throws {
        let logger = Logger(label: "portrund")
        let configuration = HTTP1Channel.Configuration(
            idleTimeout: Self.idleTimeout,
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: 16384, maxHeaderListSize: 32768, maxHeaderFieldCount: 100))
        let quiescing = ServerQuiescingHelper(group: group)
        let (place, responder) = (socket.place, responder)
        let (gate, connections) = (responder.gate, connections)
        let setup = HTTP1Channel(responder: { _, _, _ in }, configuration: configuration)
        let server = try await ServerBootstrap(group: group)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            // Requests are short.
            .childChannelOption(
                .recvAllocator, value: AdaptiveRecvByteBufferAllocator(minimum: 512, initial: 1024, maximum: 16384)
            )
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    // Without descriptors, who has connected stays ready to be accepted: that is not asked for all the time.
                    try channel.pipeline.syncOperations.addHandler(
                        AcceptBackoffHandler(shouldForwardIOErrorCaught: false) { _ in Self.pause })
                    try channel.pipeline.syncOperations.addHandler(quiescing.makeServerChannelHandler(channel: channel))
                }
            }
            .bind(socket.descriptor) { channel in
                setup.setup(channel: channel, logger: logger).and(Peer.of(channel, on: place)).flatMapThrowing {
                    let conduct = connections.conduct(
                        of: $1, isServed: gate.serves($1), unread: responder.routes.unread)
                    let handlers = channel.pipeline.syncOperations
                    try handlers.addHandler(
                        conduct, position: .before(handlers.handler(type: HTTP1ToHTTPServerCodec.self)))
                    return ($0, $1)
                }
            }
        // NIO has done so with a backlog of 128, which no option changes for a socket that it was given.
        socket.listenAgain()
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
