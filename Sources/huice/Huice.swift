import ArgumentParser
import Foundation

/// The command line: reads arguments and files, prints, and sets the exit status.
///
/// 0 done, 1 findings under `--strict`, 2 failure with one line on standard error, 64 wrong usage.
@main
struct Huice: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "huice", abstract: "惠企政策的拆解、检索与解读。", version: "0.1.0",
    subcommands: [
      ParseCommand.self, DiffCommand.self, SplitCommand.self, ExportCommand.self,
      IndexCommand.self, LearnCommand.self,
      SearchCommand.self, AskCommand.self,
      ContactsCommand.self,
      CheckCommand.self, BackupCommand.self, RestoreCommand.self,
      ServeCommand.self,
    ])

  static func main() async {
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch let failure as Failure {
      Output.complain("huice：\(failure.description)\n")
      Foundation.exit(2)
    } catch {
      exit(withError: error)
    }
  }
}
