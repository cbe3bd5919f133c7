internal import NIOCore

/// How long a connection may take for each thing that a client does.
struct ConnectionLimits: Sendable {
  /// From the connection, or from a request's last byte of answer, to the whole head of the next request.
  var head: TimeAmount = .seconds(30)
  /// Between two pieces of a body.
  var bodyPause: TimeAmount = .seconds(15)
  /// From the head to the end of the body.
  var body: TimeAmount = .seconds(300)
  /// For the client to take a piece of the answer.
  var answer: TimeAmount = .seconds(60)
  /// From a body that came too late to the end of the connection, so that the answer still goes out.
  var farewell: TimeAmount = .seconds(5)
}
