package io.stallguard.instrumentation.apachehttpasyncclient4;

import io.stallguard.tooling.Hook;
import io.stallguard.tooling.InstrumentationModule;
import io.stallguard.tooling.TypeInstrumentation;
import java.util.List;
import java.util.function.BiFunction;
import net.bytebuddy.asm.Advice;
import org.apache.http.nio.protocol.HttpAsyncRequestProducer;

/**
 * Instruments the sending of requests by Apache HttpAsyncClient 4, from which a response head is
 * waited for. What it shows goes to the helper of the module for bodies, with which it works on the
 * same exchanges.
 */
public final class ApacheHttpAsyncClient4HeadInstrumentation extends InstrumentationModule {
  @Override
  public String name() {
    return "apache-httpasyncclient-4-head";
  }

  @Override
  public List<TypeInstrumentation> types() {
    return ApacheHttpAsyncClient4Instrumentation.exchanges(RequestAdvice.class);
  }

  @Override
  public String helper() {
    return new ApacheHttpAsyncClient4Instrumentation().helper();
  }

  /** Before an exchange begins: decorates the app's request producer. */
  @SuppressWarnings("UnusedVariable") // What is assigned is the woven method's own.
  static final class RequestAdvice {
    private RequestAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Hook BiFunction<String, Object[], Object> hook,
        @Advice.Argument(value = 1, readOnly = false) HttpAsyncRequestProducer producer,
        @Advice.Argument(3) Object context,
        @Advice.Argument(4) Object future) {
      producer =
          (HttpAsyncRequestProducer)
              hook.apply(
                  "apache-httpasyncclient-4", new Object[] {context, "request", producer, future});
    }
  }
}
