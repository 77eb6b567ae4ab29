package io.stallguard.testapp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What becomes of an answer in some form, and what its reader is to see. */
enum FormPlay {
  /** An opening, and then for ever that it is alive; where a form cannot say that, nothing. */
  ALIVE {
    @Override
    List<byte[]> pieces(WireForm form) {
      List<byte[]> pieces = new ArrayList<>(List.of(form.opening()));
      int count = form.hasHeartbeats() ? FOR_EVER : LONG;
      for (int i = 0; i < count && form.heartbeat().length > 0; i++) {
        pieces.add(form.heartbeat());
      }
      if (isProgress(form)) {
        pieces.add(form.ending());
      }
      return pieces;
    }

    @Override
    boolean closes(WireForm form) {
      return isProgress(form);
    }

    @Override
    String expected(WireForm form) {
      if (isProgress(form)) {
        return END;
      }
      return form.hasHeartbeats()
          ? "event-idle limit of 4 s exceeded: no event but heartbeats for "
          : " limit of ";
    }

    private static boolean isProgress(WireForm form) {
      return form.heartbeat().length > 0 && !form.hasHeartbeats();
    }
  },
  /** An answer that comes to its end, and a connection that stays open. */
  OPEN {
    @Override
    List<byte[]> pieces(WireForm form) {
      return List.of(form.opening(), form.ending());
    }

    @Override
    boolean closes(WireForm form) {
      return false;
    }

    @Override
    String expected(WireForm form) {
      if (form.fails()) {
        return AFTER_ERROR;
      }
      return form.hasSetGrace() ? END : "idle limit of 4 s exceeded: ";
    }
  },
  /** An answer that breaks off after its opening. */
  CUT {
    @Override
    List<byte[]> pieces(WireForm form) {
      return List.of(form.opening());
    }

    @Override
    boolean closes(WireForm form) {
      return true;
    }

    @Override
    String expected(WireForm form) {
      if (form.failsAnswer() && form.ending().length == 0) {
        return AFTER_ERROR;
      }
      return form.hasEnd() ? "EOFException: " : END;
    }
  },
  /** An answer that comes to its end. */
  WHOLE {
    @Override
    List<byte[]> pieces(WireForm form) {
      return Stream.of(form.opening(), form.heartbeat(), form.ending()).toList();
    }

    @Override
    boolean closes(WireForm form) {
      return true;
    }

    @Override
    String expected(WireForm form) {
      return form.failsAnswer() ? AFTER_ERROR : END;
    }
  },
  /** The word of the provider that it has failed, and a connection that stays open. */
  FAILED {
    @Override
    List<byte[]> pieces(WireForm form) {
      return List.of(form.opening(), form.error());
    }

    @Override
    boolean closes(WireForm form) {
      return false;
    }

    @Override
    String expected(WireForm form) {
      return AFTER_ERROR + "busy";
    }
  };

  /** A normal end. */
  static final String END = "END";

  private static final String AFTER_ERROR = " after the provider's error ";

  /** Between two pieces. */
  static final long PERIOD_MILLIS = 500;

  /** So many pieces last longer than each limit, on a busy machine that is late too. */
  private static final int FOR_EVER = 600;

  /** So many pieces last longer than each limit. */
  private static final int LONG = 14;

  /** What is sent, piece by piece. */
  abstract List<byte[]> pieces(WireForm form);

  /** Whether the body then ends as bodies do. */
  abstract boolean closes(WireForm form);

  /** A part of what its reader tells in the end. */
  abstract String expected(WireForm form);

  /** How many bytes are sent, where their number is known beforehand. */
  long bytes(WireForm form) {
    return pieces(form).stream().mapToLong(piece -> piece.length).sum();
  }

  /** The first part of the path. */
  String pathName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
