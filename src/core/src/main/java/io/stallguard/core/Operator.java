package io.stallguard.core;

import io.stallguard.core.coverage.CoverageFacts;
import io.stallguard.core.engine.OpenStream;
import io.stallguard.core.gaps.HostGaps;
import io.stallguard.core.household.BreakerFacts;
import io.stallguard.core.household.Counters;
import io.stallguard.core.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What an operator can see of the engine and have it do, whatever the tool. Any thread: what
 * belongs to the watchdog is asked of the watchdog, and {@link IllegalStateException} says that it
 * does not answer.
 */
public final class Operator {
  /** The watchdog ticks ten times a second, or is woken. */
  private static final long PATIENCE_SECONDS = 10;

  private final Engine engine;
  private final String tool;

  /**
   * For one tool.
   *
   * @param tool its name, for people who read what was done by it
   */
  public Operator(Engine engine, String tool) {
    this.engine = engine;
    this.tool = tool;
  }

  /** The settings in force. */
  public Settings settings() {
    return engine.settings();
  }

  /** How often what happened. */
  public Counters counters() {
    return engine.counters();
  }

  /** How many errors of our own were kept from the app. */
  public long internalErrors() {
    return engine.errors().count();
  }

  /** How many streams were guarded, by the client's name. */
  public Map<String, Long> guardedByClient() {
    return engine.coverage().guarded();
  }

  /** The clients that were seen. */
  public List<CoverageFacts> clients() {
    return engine.coverage().facts();
  }

  /** Why those breakers are open that are, empty if none is. */
  public String breakerReasons() {
    return engine.breakers().reasons();
  }

  /** How many breakers are open. */
  public int openBreakers() {
    return engine.breakers().open();
  }

  /** The breakers of all hosts. */
  public List<BreakerFacts> breakers() {
    return asked(() -> engine.breakers().facts());
  }

  /**
   * Closes breakers that are open.
   *
   * @param host null for all
   * @return how many were closed
   */
  public int closeBreakers(@Nullable String host) {
    return asked(() -> engine.breakers().close(host, "by an operator (" + tool + ")"));
  }

  /** The streams that are open and count as guarded. */
  public List<OpenStream> openStreams() {
    return asked(() -> engine.streams().counted());
  }

  /** What gaps the streams of each host had. */
  public List<HostGaps.Facts> gaps() {
    return asked(() -> engine.records().gaps().facts());
  }

  /** Advice from all gaps, as text. */
  public String recommend() {
    return asked(() -> engine.records().gaps().recommend(engine.streams().facts()));
  }

  /**
   * Changes settings, for streams that are open too.
   *
   * @throws IllegalArgumentException if anything in it is a mistake; nothing is changed then
   */
  public void change(String change) {
    engine.change(change, tool);
  }

  /** Takes all changes back. */
  public void reset() {
    engine.reset(tool);
  }

  /**
   * Has a stream aborted on which somebody waits, whatever its limits.
   *
   * @return what was done, for people
   */
  public String abort(long id) {
    return asked(() -> engine.streams().abort(id));
  }

  /** Has the agent leave this JVM. */
  public void detach() {
    engine.leave(tool);
  }

  private <T> T asked(Supplier<T> question) {
    FutureTask<T> answer = new FutureTask<>(question::get);
    engine.watchdog().request(answer);
    try {
      return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (TimeoutException e) {
      throw new IllegalStateException("the watchdog does not answer", e);
    } catch (ExecutionException e) {
      // Its cause may be of a class that the tool does not have.
      throw new IllegalStateException(String.valueOf(e.getCause()));
    }
  }
}
