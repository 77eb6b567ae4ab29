package io.stallguard.instrumentation.netty.helpers;

import io.netty.channel.ChannelPipeline;
import io.stallguard.core.engine.Guard;

/**
 * Who reads a body, and whether it can be seen who waits for it: only then it is told to be
 * guarded. Event loop only.
 */
final class Reader {
  private final Surroundings surroundings;
  private final ChannelPipeline pipeline;
  private final Guard guard;
  private boolean seen;
  private boolean told;

  Reader(Surroundings surroundings, ChannelPipeline pipeline, Guard guard) {
    this.surroundings = surroundings;
    this.pipeline = pipeline;
    this.guard = guard;
  }

  /** Whether what the loop has read is with the app when it goes on. Walks the pipeline. */
  boolean handsOverAtOnce() {
    return surroundings.handsOverAtOnce(pipeline);
  }

  /** Notes that a module of the client's tells what the consumer wants. */
  void isFollowed() {
    if (surroundings.followsReactor()) {
      seen();
    }
  }

  /**
   * More is wanted.
   *
   * @param byAutoRead whether that is Netty's own doing
   */
  void wants(boolean byAutoRead) {
    if (seen || (byAutoRead && told)) {
      return;
    }
    try {
      look(byAutoRead);
    } catch (Throwable t) {
      // No memory: the body is guarded all the same, and counted at the next read.
      surroundings.engine().errors().record("reader of netty", t);
    }
  }

  private void look(boolean byAutoRead) {
    if (!byAutoRead || handsOverAtOnce()) {
      seen();
    } else {
      surroundings.leavesReading(pipeline);
      told = true;
    }
  }

  private void seen() {
    surroundings.engine().demandSeen(guard);
    seen = true;
  }
}
