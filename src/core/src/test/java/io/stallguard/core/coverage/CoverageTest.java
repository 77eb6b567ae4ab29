package io.stallguard.core.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.MalformedURLException;
import java.net.URL;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CoverageTest {
  private static final String OKHTTP = "okhttp3/internal/http/CallServerInterceptor";
  private static final String JETTY = "org/eclipse/jetty/client/HttpExchange";
  private static final String REACTOR = "reactor/netty/http/client/HttpClientOperations";
  private static final String COMMONS = "org/apache/commons/httpclient/HttpMethodDirector";
  private static final String HUC = "sun/net/www/protocol/http/HttpURLConnection$HttpInputStream";
  private static final String FROM_BEFORE =
      "connections that were open before the agent came are not guarded, those opened since are";
  private static final String JDK = "jdk/internal/net/http/MultiExchange";
  private static final String APACHE_ASYNC =
      "org/apache/hc/client5/http/impl/async/InternalHttpAsyncExecRuntime";
  private static final String AHC = "org/asynchttpclient/netty/NettyResponseFuture";

  private final Said settings = new Said();
  private final Queue<Runnable> later = new ArrayDeque<>();
  private final List<String> log = new ArrayList<>();
  private final Coverage coverage = new Coverage(settings, later::add, log::add);
  private final ClassLoader loader = new OwnLoader();

  @Test
  void aClientWithoutAModuleIsToldOnce() throws Exception {
    use(JETTY, "jetty-client-9.4.57.jar");
    use(JETTY, "jetty-client-9.4.57.jar");
    use("org/eclipse/jetty/client/transport/HttpExchange", "jetty-client-9.4.57.jar");

    assertThat(told())
        .singleElement()
        .asString()
        .matches(
            "jetty-client 9\\.4\\.57 in OwnLoader@\\w+ is not guarded: there is no module for it");
  }

  @Test
  void nothingIsToldOnTheThreadThatLoadsTheClass() throws Exception {
    use(JETTY, "jetty-client-9.4.57.jar");

    assertThat(log).isEmpty();
    assertThat(later).isNotEmpty();
  }

  @Test
  void eachCopyIsSeenForItself() throws Exception {
    use(JETTY, "jetty-client-9.4.57.jar");
    coverage.used(JETTY, new OwnLoader(), from("jetty-client-9.4.58.jar"), false);

    assertThat(told()).hasSize(2);
    assertThat(coverage.facts())
        .extracting(CoverageFacts::version)
        .containsExactly("9.4.57", "9.4.58");
  }

  @Test
  void aGuardedClientIsShownAndNotTold() throws Exception {
    use(OKHTTP, "okhttp-4.12.0.jar");

    assertThat(told()).isEmpty();
    assertThat(row()).startsWith("okhttp 4.12.0 in OwnLoader@").endsWith(" is guarded");
  }

  @Test
  void whatTheOperatorSwitchesOffIsTold() throws Exception {
    settings.off.add("okhttp");
    use(OKHTTP, "okhttp-4.12.0.jar");

    assertThat(told())
        .singleElement()
        .asString()
        .endsWith("is not guarded: switched off by instrumentation.okhttp.enabled=false");
  }

  @Test
  void anUnknownVersionIsLeftToTheSocketsAndToldByWhoeverFindsIt() throws Exception {
    use(OKHTTP, "okhttp-3.8.1.jar");
    coverage.isAmiss("okhttp", loader, Cause.VERSION);

    assertThat(told()).isEmpty();
    assertThat(row())
        .endsWith(
            "is guarded in part: the module okhttp does not know this version; its HTTP/1.1 over"
                + " blocking sockets is guarded there, and nothing else");
  }

  @Test
  void withoutTheSocketsItIsNotGuardedAtAll() throws Exception {
    settings.off.add("java-sockets");
    use(OKHTTP, "okhttp-3.8.1.jar");
    coverage.isAmiss("okhttp", loader, Cause.VERSION);

    assertThat(coverage.facts().get(0).state()).isEqualTo(CoverageState.NOT);
  }

  @Test
  void anUnknownVersionElsewhereIsNoMatterOfThisCopy() throws Exception {
    use(OKHTTP, "okhttp-4.12.0.jar");
    coverage.isAmiss("okhttp", new OwnLoader(), Cause.VERSION);

    assertThat(row()).endsWith(" is guarded");
  }

  @Test
  void aModuleThatFailsTooOftenGuardsNobody() throws Exception {
    use(APACHE_ASYNC, "httpclient5-5.4.jar");
    coverage.isOff("apache-httpasyncclient-5", Cause.ERRORS);

    assertThat(told()).isEmpty();
    assertThat(row()).endsWith("is not guarded: its module apache-httpasyncclient-5 has failed");
  }

  @Test
  void aClientOverSocketsIsGuardedThere() throws Exception {
    use(COMMONS, "commons-httpclient-3.1.jar");

    assertThat(row()).startsWith("commons-httpclient 3.1 in ").endsWith(" is guarded");
  }

  @Test
  void aLimitThatDoesNotHoldIsToldOnceItIsSet() throws Exception {
    use(COMMONS, "commons-httpclient-3.1.jar");
    use(REACTOR, "reactor-netty-http-1.2.9.jar");
    use(OKHTTP, "okhttp-4.12.0.jar");
    assertThat(told()).isEmpty();

    settings.heads = true;
    coverage.reviewLater();
    assertThat(told())
        .singleElement()
        .asString()
        .startsWith("commons-httpclient 3.1 in ")
        .endsWith("is guarded in part: head does not hold for it");

    settings.connects = true;
    coverage.reviewLater();
    assertThat(told())
        .hasSize(2)
        .last()
        .asString()
        .startsWith("reactor-netty 1.2.9 in ")
        .endsWith("is guarded in part: connect does not hold for it");
  }

  @Test
  void aModuleForHeadsThatIsSwitchedOffLeavesAPart() {
    settings.heads = true;
    settings.off.add("java-http-client-head");
    coverage.used(JDK, null, null, false);

    assertThat(told())
        .containsExactly(
            "java-http-client "
                + System.getProperty("java.version")
                + " is guarded in part: head does not hold for it");
  }

  @Test
  void netty2IsAPartOfWhatStandsOnNetty() throws Exception {
    settings.off.add("netty-http2");
    use(REACTOR, "reactor-netty-http-1.2.9.jar");

    assertThat(row()).endsWith("is guarded in part: its HTTP/2 is not guarded");
  }

  @Test
  void whatIsGuardedByExchangeIsWholeAfterAnAttach() throws Exception {
    coverage.used(REACTOR, loader, from("reactor-netty-http-1.2.9.jar"), true);
    coverage.used(OKHTTP, loader, from("okhttp-4.12.0.jar"), true);
    coverage.used(HUC, null, null, true);

    assertThat(told()).isEmpty();
    assertThat(coverage.facts()).allMatch(one -> one.state() == CoverageState.GUARDED);
  }

  @Test
  void connectionsFromBeforeTheAttachAreToldOfThoseGuardedByTheirSockets() throws Exception {
    coverage.used(COMMONS, loader, from("commons-httpclient-3.1.jar"), true);
    coverage.used(OKHTTP, loader, from("okhttp-3.8.1.jar"), true);
    assertThat(told())
        .singleElement()
        .asString()
        .startsWith("commons-httpclient 3.1 in ")
        .endsWith(" is guarded in part: " + FROM_BEFORE);

    coverage.isAmiss("okhttp", loader, Cause.VERSION);
    assertThat(told())
        .last()
        .asString()
        .startsWith("okhttp 3.8.1 in ")
        .contains("does not know this version; its HTTP/1.1 over blocking sockets is guarded")
        .endsWith("; " + FROM_BEFORE);
  }

  @Test
  void aClientThatWasBuiltBeforeIsNotGuarded() throws Exception {
    use(APACHE_ASYNC, "httpclient5-5.4.jar");
    coverage.isAmiss("apache-httpasyncclient-5", loader, Cause.BUILT_BEFORE);

    assertThat(row()).endsWith("is not guarded: built before the agent came");
  }

  @Test
  void whoeverLeavesTheReadingToNettyIsTold() {
    coverage.leavesReading(CoverageTest.class);
    coverage.leavesReading(CoverageTest.class);

    assertThat(told())
        .singleElement()
        .asString()
        .startsWith("netty ")
        .endsWith(
            "is not guarded: it leaves the reading to Netty, so nobody can tell who waits"
                + " (io.stallguard.core.coverage.CoverageTest)");
  }

  @Test
  void ofAsyncHttpClientThatIsAPart() throws Exception {
    Class<?> handler = org.asynchttpclient.Handler.class;
    coverage.used(AHC, handler.getClassLoader(), from("async-http-client-2.12.3.jar"), false);
    coverage.leavesReading(handler);

    assertThat(row()).contains(" is guarded in part: it leaves the reading to Netty");
  }

  @Test
  void socketsOfNobodyAreSeenByTheirFirstStream() {
    coverage.guarded("java-sockets");
    coverage.guarded("java-sockets");

    assertThat(coverage.facts()).singleElement().hasToString(sockets() + " is guarded");
    assertThat(told()).isEmpty();
    assertThat(coverage.summary())
        .isEqualTo("coverage: 2 streams guarded (java-sockets 2); guarded: " + sockets());
  }

  private static String sockets() {
    return "java-sockets " + System.getProperty("java.version");
  }

  @Test
  void socketsFromBeforeTheAttachAreTold() throws Exception {
    Class<?> reader = Class.forName("java.net.Socket$SocketInputStream");
    coverage.isLate(new Class<?>[] {String.class, reader});

    assertThat(told()).containsExactly(sockets() + " is guarded in part: " + FROM_BEFORE);
    assertThat(row()).isEqualTo(log.get(0));
  }

  @Test
  void whereNobodyHasReadFromASocketNothingIsToldOfThem() {
    coverage.isLate(new Class<?>[] {String.class});
    assertThat(coverage.facts()).isEmpty();

    coverage.guarded("java-sockets");
    assertThat(row()).endsWith(FROM_BEFORE);
  }

  @Test
  void whatManyFindAtOnceIsNewsForOne() {
    assertThat(coverage.isAmiss("okhttp", loader, Cause.VERSION)).isTrue();
    assertThat(coverage.isAmiss("okhttp", loader, Cause.VERSION)).isFalse();
    assertThat(coverage.isAmiss("okhttp", new OwnLoader(), Cause.VERSION)).isTrue();
    assertThat(coverage.isAmiss("netty", loader, Cause.VERSION)).isTrue();
  }

  @Test
  void aModuleThatDoesNotWorkLeavesWhatTheSocketsGuard() {
    assertThat(coverage.without("okhttp"))
        .isEqualTo(
            "okhttp is guarded in part, its HTTP/1.1 over blocking sockets and nothing else");
    assertThat(coverage.without("netty")).isEqualTo("netty is not guarded");
    assertThat(coverage.without("java-http-client-head"))
        .isEqualTo("java-http-client-head does nothing, its limit does not hold");

    settings.off.add("java-sockets");
    assertThat(coverage.without("okhttp")).isEqualTo("okhttp is not guarded");
  }

  @Test
  void aLibraryAboveTheClientIsTheOneItUses() throws Exception {
    ClassLoader below = new ClassLoader(loader) {};
    coverage.used(REACTOR, below, from("reactor-netty-http-1.2.9.jar"), false);
    coverage.isAmiss("netty", loader, Cause.VERSION);

    assertThat(row()).endsWith(" is not guarded: the module netty does not know this version");
  }

  @Test
  void answersThatAreLeftAloneAreShown() throws Exception {
    use(OKHTTP, "okhttp-4.12.0.jar");
    coverage.leftAlone("okhttp", "application/json; charset=utf-8");

    assertThat(told()).isEmpty();
    assertThat(row())
        .endsWith(
            " is guarded: none of its answers so far was to be guarded, the last was"
                + " application/json");

    coverage.guarded("okhttp");
    assertThat(row()).endsWith(" is guarded");
  }

  @Test
  void theSumsNameAllThatWasSeen() throws Exception {
    use(OKHTTP, "okhttp-4.12.0.jar");
    use(JETTY, "jetty-client-9.4.57.jar");
    coverage.guarded("okhttp");
    told();

    assertThat(coverage.summary())
        .matches(
            "coverage: 1 stream guarded \\(okhttp 1\\); guarded: okhttp 4\\.12\\.0 in OwnLoader@\\w+;"
                + " not guarded: jetty-client 9\\.4\\.57 in OwnLoader@\\w+ \\(there is no module for"
                + " it\\)");
  }

  @Test
  void theSumsNameCopiesThatStandAlikeOnce() throws Exception {
    for (int i = 0; i < 3; i++) {
      coverage.used(JETTY, new OwnLoader(), from("jetty-client-9.4.57.jar"), false);
    }
    use(JETTY, "jetty-client-12.0.16.jar");
    told();

    assertThat(coverage.summary())
        .contains(
            "not guarded: jetty-client 9.4.57 in 3 class loaders (there is no module for it), ")
        .containsPattern(
            "jetty-client 12\\.0\\.16 in OwnLoader@\\w+ \\(there is no module for it\\)$");
  }

  @Test
  void whatComesWithTheJdkHasAVersionThoughNobodyHasAskedForIt() {
    coverage.guarded("java-sockets");

    assertThat(coverage.summary()).endsWith("guarded: " + sockets());
  }

  @Test
  void aRowNamesWhatItsStreamsAreCountedUnder() throws Exception {
    use(REACTOR, "reactor-netty-http-1.2.9.jar");
    use(OKHTTP, "okhttp-3.8.1.jar");
    use(JETTY, "jetty-client-9.4.57.jar");
    coverage.isAmiss("okhttp", loader, Cause.VERSION);

    assertThat(coverage.facts())
        .extracting(CoverageFacts::by)
        .containsExactly("netty", "java-sockets", "");
  }

  @Test
  void thereAreNoSumsWhereNothingWasGuardedAndNothingIsAmiss() throws Exception {
    use(OKHTTP, "okhttp-4.12.0.jar");
    told();

    assertThat(coverage.summary()).isNull();
  }

  @Test
  void thereAreNoneWhereNothingIsToBeJudged() throws Exception {
    settings.modeOff = true;
    use(JETTY, "jetty-client-9.4.57.jar");

    assertThat(told()).isEmpty();
    assertThat(coverage.summary()).isNull();
    assertThat(row()).endsWith(" is not guarded: mode=off");
  }

  @Test
  void noMoreThanACertainNumberOfRowsIsKept() throws Exception {
    List<ClassLoader> alive = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      alive.add(new OwnLoader());
      coverage.used(JETTY, alive.get(i), from("jetty-client-9.4.57.jar"), false);
    }

    assertThat(coverage.facts()).hasSizeLessThanOrEqualTo(200);
    assertThat(alive).hasSize(300);
  }

  @Test
  void whatWorksIsAskedOfTheOperatorAndOfWhatBecameOfIt() {
    assertThat(coverage.works("reactor-netty")).isTrue();
    coverage.isOff("reactor-netty", Cause.ERRORS);
    assertThat(coverage.works("reactor-netty")).isFalse();

    settings.off.add("netty");
    assertThat(coverage.works("netty")).isFalse();
  }

  private void use(String className, String jar) throws MalformedURLException {
    coverage.used(className, loader, from(jar), false);
  }

  private static ProtectionDomain from(String jar) throws MalformedURLException {
    return new ProtectionDomain(
        new CodeSource(new URL("file:/app/lib/" + jar), (Certificate[]) null), null);
  }

  private String row() {
    return coverage.facts().get(0).toString();
  }

  private List<String> told() {
    for (Runnable task = later.poll(); task != null; task = later.poll()) {
      task.run();
    }
    return log;
  }

  /** A class loader that has nothing. */
  private static final class OwnLoader extends ClassLoader {
    OwnLoader() {
      super(null);
    }
  }

  /** What the operator has said. */
  private static final class Said implements CoverageSettings {
    private final Set<String> off = new HashSet<>();
    private boolean modeOff;
    private boolean heads;
    private boolean connects;

    @Override
    public boolean isOff() {
      return modeOff;
    }

    @Override
    public boolean isModuleEnabled(String module) {
      return !off.contains(module);
    }

    @Override
    public boolean limitsHeads() {
      return heads;
    }

    @Override
    public boolean limitsConnects() {
      return connects;
    }
  }
}
