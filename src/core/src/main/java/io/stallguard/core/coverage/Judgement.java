package io.stallguard.core.coverage;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How far one copy of a client is guarded by the settings as they are now. One thread. */
final class Judgement {
  private final SeenClient seen;
  private final CoverageSettings settings;
  private final Iterable<Trouble> troubles;
  private final Reach reach;
  private final Set<Cause> causes = EnumSet.noneOf(Cause.class);
  private final List<String> reasons = new ArrayList<>();
  private CoverageState state = CoverageState.GUARDED;
  private String by = "";

  Judgement(SeenClient seen, CoverageSettings settings, Iterable<Trouble> troubles, Reach reach) {
    this.seen = seen;
    this.settings = settings;
    this.troubles = troubles;
    this.reach = reach;
    judge();
  }

  private void judge() {
    if (settings.isOff()) {
      add(CoverageState.NOT, Cause.MODE_OFF, "");
      return;
    }
    boolean atSockets = isWithoutModule() ? hasNoModule() : isLeftToSockets();
    by = atSockets ? KnownClient.SOCKETS_MODULE : client().modules().get(0);
    lookAtReading();
    if (state != CoverageState.NOT) {
      lookAtParts(atSockets);
    }
  }

  private void lookAtReading() {
    if (seen.reader() != null && state == CoverageState.GUARDED) {
      boolean some = client().handsOver();
      boolean heads = !some && settings.limitsHeads();
      add(some || heads ? CoverageState.PARTLY : CoverageState.NOT, Cause.LEAVES_READING, "");
      if (heads) {
        add(CoverageState.PARTLY, Cause.ONLY_HEADS, "");
      }
    }
  }

  private void lookAtParts(boolean atSockets) {
    if (seen.hasHiddenReader()) {
      add(CoverageState.PARTLY, Cause.HIDES_READER, "");
    }
    if (client().isOnNetty()) {
      require(KnownClient.HTTP_2, Cause.NO_HTTP_2);
    }
    if (settings.limitsHeads()) {
      require(atSockets ? null : client().head(), Cause.HEAD);
    }
    if (settings.limitsConnects()) {
      require(client().connect(), Cause.CONNECT);
    }
    if (seen.isFromBefore() && atSockets) {
      add(CoverageState.PARTLY, Cause.OPEN_BEFORE, "");
    }
  }

  private KnownClient client() {
    return seen.client();
  }

  /** Whether no module knows the client, or what it stands on, by the name that it has. */
  private boolean isWithoutModule() {
    return client().modules().isEmpty() || seen.isRenamed() || isOnRenamedNetty();
  }

  private boolean isOnRenamedNetty() {
    return client().isOnNetty() && seen.netty().isMoved();
  }

  /** Judges a client without a module: the sockets below it guard what they can. */
  private boolean hasNoModule() {
    boolean http1 = client().sockets() == Sockets.HTTP_1;
    if (seen.isRenamed()) {
      add(http1 ? CoverageState.PARTLY : CoverageState.GUARDED, Cause.RENAMED, seen.front());
    } else if (isOnRenamedNetty()) {
      add(CoverageState.NOT, Cause.RENAMED_NETTY, seen.netty().front());
    }
    if (client().sockets() == Sockets.NOTHING) {
      boolean known = !client().modules().isEmpty();
      add(CoverageState.NOT, known ? Cause.NO_NAME : Cause.NO_MODULE, "");
      return true;
    }
    if (http1) {
      add(CoverageState.PARTLY, Cause.ONLY_HTTP_1, "");
    }
    standOnSockets();
    return true;
  }

  /** Whether the client's module does not work here, and the sockets below it have to do. */
  private boolean isLeftToSockets() {
    for (String module : client().modules()) {
      Cause cause = cause(module);
      if (cause != null) {
        boolean left = cause != Cause.SWITCHED_OFF && client().sockets() != Sockets.NOTHING;
        add(left ? CoverageState.PARTLY : CoverageState.NOT, cause, module);
        if (left) {
          add(CoverageState.PARTLY, Cause.ONLY_HTTP_1, "");
          standOnSockets();
        }
        return left;
      }
    }
    return false;
  }

  private void standOnSockets() {
    Cause cause = cause(KnownClient.SOCKETS_MODULE);
    if (cause != null) {
      add(CoverageState.NOT, cause, KnownClient.SOCKETS_MODULE);
    }
  }

  /**
   * Notes that a part of the client is not guarded, if this module does not work or there is none.
   */
  private void require(@Nullable String module, Cause without) {
    Cause cause = module == null ? without : cause(module);
    if (cause != null) {
      add(CoverageState.PARTLY, without, "");
    }
  }

  /** Why a module does not work here; null if it does. */
  private @Nullable Cause cause(String module) {
    if (!settings.isModuleEnabled(module)) {
      return Cause.SWITCHED_OFF;
    }
    for (Trouble trouble : troubles) {
      if (trouble.isOf(module, seen)) {
        return trouble.cause();
      }
    }
    return reach.cause(module, seen);
  }

  private void add(CoverageState worse, Cause cause, String name) {
    state = worse.compareTo(state) > 0 ? worse : state;
    causes.add(cause);
    reasons.add(cause.text(name));
  }

  CoverageState state() {
    return state;
  }

  /**
   * The module under whose name the client's streams are counted; empty if nothing of it is
   * guarded.
   */
  String by() {
    return state == CoverageState.NOT ? "" : by;
  }

  String reason() {
    return String.join("; ", reasons);
  }

  /**
   * The causes that are to be told of the client in a line, and that nobody else tells; none of a
   * client that is wholly guarded.
   */
  Set<Cause> untold() {
    if (state == CoverageState.GUARDED) {
      return EnumSet.noneOf(Cause.class);
    }
    Set<Cause> untold = EnumSet.copyOf(causes);
    boolean isTold = untold.removeIf(Cause::isTold);
    if (isTold) {
      untold.remove(Cause.ONLY_HTTP_1);
    }
    return untold;
  }
}
