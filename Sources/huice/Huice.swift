import ArgumentParser

/// The command line: reads arguments and files, prints, and sets the exit status.
@main
struct Huice: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "huice", abstract: "惠企政策的拆解、检索与解读。", version: "0.1.0",
    subcommands: [
      ParseCommand.self, IndexCommand.self, SearchCommand.self, CheckCommand.self,
      ServeCommand.self,
    ])
}
