package io.stallguard.core.wire;

/** What one look found, for tests in other rooms. */
public final class LookResult {
  private LookResult() {}

  /** Asks once. */
  public static String of(LastLook wire) throws Exception {
    Look look = new Look();
    wire.ask(look);
    return !look.isAnswered()
        ? "open"
        : look.hasFoundNothing()
            ? "nothing"
            : look.hasFoundNobody() ? "unfetched" : look.hasFoundNoRoom() ? "held up" : "waits";
  }
}
