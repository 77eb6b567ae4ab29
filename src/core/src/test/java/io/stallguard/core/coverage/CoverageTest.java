package io.stallguard.core.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CoverageTest {
  private static final String FROM_BEFORE =
      "connections that were open before the agent came are not guarded, those opened since are";

  private final CoverageRig rig = new CoverageRig();

  @Test
  void aClientWithoutAModuleIsToldOnce() throws Exception {
    rig.use(CoverageRig.JETTY, "jetty-client-9.4.57.jar");
    rig.use(CoverageRig.JETTY, "jetty-client-9.4.57.jar");
    rig.use("org/eclipse/jetty/client/transport/HttpExchange", "jetty-client-9.4.57.jar");

    assertThat(rig.told())
        .singleElement()
        .asString()
        .matches(
            "jetty-client 9\\.4\\.57 in OwnLoader@\\w+ is not guarded: there is no module for it");
  }

  @Test
  void nothingIsToldOnTheThreadThatLoadsTheClass() throws Exception {
    rig.use(CoverageRig.JETTY, "jetty-client-9.4.57.jar");

    assertThat(rig.log).isEmpty();
    assertThat(rig.later).isNotEmpty();
  }

  @Test
  void aGuardedClientIsShownAndNotTold() throws Exception {
    rig.use(CoverageRig.OKHTTP, "okhttp-4.12.0.jar");

    assertThat(rig.told()).isEmpty();
    assertThat(rig.row()).startsWith("okhttp 4.12.0 in OwnLoader@").endsWith(" is guarded");
  }

  @Test
  void aClientOnTheBootClassPathIsNotOfTheJdksVersion() {
    rig.used(CoverageRig.OKHTTP, null, null, false);

    assertThat(rig.row()).isEqualTo("okhttp of unknown version is guarded");
  }

  @Test
  void whatTheOperatorSwitchesOffIsTold() throws Exception {
    rig.settings.off.add("okhttp");
    rig.use(CoverageRig.OKHTTP, "okhttp-4.12.0.jar");

    assertThat(rig.told())
        .singleElement()
        .asString()
        .endsWith("is not guarded: switched off by instrumentation.okhttp.enabled=false");
  }

  @Test
  void anUnknownVersionIsLeftToTheSocketsAndToldByWhoeverFindsIt() throws Exception {
    rig.use(CoverageRig.OKHTTP, "okhttp-3.8.1.jar");
    rig.coverage.isAmiss("okhttp", rig.loader, Cause.VERSION);

    assertThat(rig.told()).isEmpty();
    assertThat(rig.row())
        .endsWith(
            "is guarded in part: the module okhttp does not know this version; its HTTP/1.1 over"
                + " blocking sockets is guarded there, and nothing else");
  }

  @Test
  void withoutTheSocketsItIsNotGuardedAtAll() throws Exception {
    rig.settings.off.add("java-sockets");
    rig.use(CoverageRig.OKHTTP, "okhttp-3.8.1.jar");
    rig.coverage.isAmiss("okhttp", rig.loader, Cause.VERSION);

    assertThat(rig.coverage.facts().get(0).state()).isEqualTo(CoverageState.NOT);
  }

  @Test
  void anUnknownVersionElsewhereIsNoMatterOfThisCopy() throws Exception {
    rig.use(CoverageRig.OKHTTP, "okhttp-4.12.0.jar");
    rig.coverage.isAmiss("okhttp", rig.another(), Cause.VERSION);

    assertThat(rig.row()).endsWith(" is guarded");
  }

  @Test
  void aModuleThatFailsTooOftenGuardsNobody() throws Exception {
    rig.use(CoverageRig.APACHE_ASYNC, "httpclient5-5.4.jar");
    rig.coverage.isOff("apache-httpasyncclient-5", Cause.ERRORS);

    assertThat(rig.told()).isEmpty();
    assertThat(rig.row())
        .endsWith("is not guarded: its module apache-httpasyncclient-5 has failed");
  }

  @Test
  void aClientOverSocketsIsGuardedThere() throws Exception {
    rig.use(CoverageRig.COMMONS, "commons-httpclient-3.1.jar");

    assertThat(rig.row()).startsWith("commons-httpclient 3.1 in ").endsWith(" is guarded");
  }

  @Test
  void aLimitThatDoesNotHoldIsToldOnceItIsSet() throws Exception {
    rig.use(CoverageRig.COMMONS, "commons-httpclient-3.1.jar");
    rig.use(CoverageRig.REACTOR, "reactor-netty-http-1.2.9.jar");
    rig.use(CoverageRig.OKHTTP, "okhttp-4.12.0.jar");
    assertThat(rig.told()).isEmpty();

    rig.settings.heads = true;
    rig.coverage.reviewLater();
    assertThat(rig.told())
        .singleElement()
        .asString()
        .startsWith("commons-httpclient 3.1 in ")
        .endsWith("is guarded in part: head does not hold for it");

    rig.settings.connects = true;
    rig.coverage.reviewLater();
    assertThat(rig.told())
        .hasSize(2)
        .last()
        .asString()
        .startsWith("reactor-netty 1.2.9 in ")
        .endsWith("is guarded in part: connect does not hold for it");
  }

  @Test
  void aModuleForHeadsThatIsSwitchedOffLeavesAPart() {
    rig.settings.heads = true;
    rig.settings.off.add("java-http-client-head");
    rig.used(CoverageRig.JDK, null, null, false);

    assertThat(rig.told())
        .containsExactly(
            "java-http-client "
                + System.getProperty("java.version")
                + " is guarded in part: head does not hold for it");
  }

  @Test
  void netty2IsAPartOfWhatStandsOnNetty() throws Exception {
    rig.settings.off.add("netty-http2");
    rig.use(CoverageRig.REACTOR, "reactor-netty-http-1.2.9.jar");

    assertThat(rig.row()).endsWith("is guarded in part: its HTTP/2 is not guarded");
  }

  @Test
  void whatIsGuardedByExchangeIsWholeAfterAnAttach() throws Exception {
    rig.used(
        CoverageRig.REACTOR, rig.loader, CoverageRig.from("reactor-netty-http-1.2.9.jar"), true);
    rig.used(CoverageRig.OKHTTP, rig.loader, CoverageRig.from("okhttp-4.12.0.jar"), true);
    rig.used(CoverageRig.HUC, null, null, true);

    assertThat(rig.told()).isEmpty();
    assertThat(rig.coverage.facts()).allMatch(one -> one.state() == CoverageState.GUARDED);
  }

  @Test
  void connectionsFromBeforeTheAttachAreToldOfThoseGuardedByTheirSockets() throws Exception {
    rig.used(CoverageRig.COMMONS, rig.loader, CoverageRig.from("commons-httpclient-3.1.jar"), true);
    rig.used(CoverageRig.OKHTTP, rig.loader, CoverageRig.from("okhttp-3.8.1.jar"), true);
    assertThat(rig.told())
        .singleElement()
        .asString()
        .startsWith("commons-httpclient 3.1 in ")
        .endsWith(" is guarded in part: " + FROM_BEFORE);

    rig.coverage.isAmiss("okhttp", rig.loader, Cause.VERSION);
    assertThat(rig.told())
        .last()
        .asString()
        .startsWith("okhttp 3.8.1 in ")
        .contains("does not know this version; its HTTP/1.1 over blocking sockets is guarded")
        .endsWith("; " + FROM_BEFORE);
  }

  @Test
  void aClientThatWasBuiltBeforeIsNotGuarded() throws Exception {
    rig.use(CoverageRig.APACHE_ASYNC, "httpclient5-5.4.jar");
    rig.coverage.isAmiss("apache-httpasyncclient-5", rig.loader, Cause.BUILT_BEFORE);

    assertThat(rig.row()).endsWith("is not guarded: built before the agent came");
  }

  @Test
  void whoeverLeavesTheReadingToNettyIsTold() {
    rig.coverage.leavesReading(CoverageTest.class);
    rig.coverage.leavesReading(CoverageTest.class);

    assertThat(rig.told())
        .singleElement()
        .asString()
        .startsWith("netty ")
        .endsWith(
            "is not guarded: it leaves the reading to Netty, so nobody can tell who waits"
                + " (io.stallguard.core.coverage.CoverageTest)");
  }

  @Test
  void aReaderThatHidesIsAPartAndToldOnce() {
    rig.used(CoverageRig.JDK, null, null, false);
    assertThat(rig.told()).isEmpty();

    rig.coverage.hidesReader("java-http-client");
    rig.coverage.hidesReader("java-http-client");

    assertThat(rig.told())
        .singleElement()
        .asString()
        .startsWith("java-http-client ")
        .contains(" is guarded in part: a reader behind a subscriber that replaces");
  }

  @Test
  void ofAsyncHttpClientThatIsAPart() throws Exception {
    Class<?> handler = org.asynchttpclient.Handler.class;
    rig.used(
        CoverageRig.AHC,
        handler.getClassLoader(),
        CoverageRig.from("async-http-client-2.12.3.jar"),
        false);
    rig.coverage.leavesReading(handler);

    assertThat(rig.row()).contains(" is guarded in part: it leaves the reading to Netty");
  }

  @Test
  void socketsFromBeforeTheAttachAreTold() throws Exception {
    Class<?> reader = Class.forName("java.net.Socket$SocketInputStream");
    rig.coverage.isLate(new Class<?>[] {String.class, reader});

    assertThat(rig.told())
        .containsExactly(CoverageRig.sockets() + " is guarded in part: " + FROM_BEFORE);
    assertThat(rig.row()).isEqualTo(rig.log.get(0));
  }

  @Test
  void whereNobodyHasReadFromASocketNothingIsToldOfThem() {
    rig.coverage.isLate(new Class<?>[] {String.class});
    assertThat(rig.coverage.facts()).isEmpty();

    rig.coverage.guarded("java-sockets");
    assertThat(rig.row()).endsWith(FROM_BEFORE);
  }

  @Test
  void whatManyFindAtOnceIsNewsForOne() {
    assertThat(rig.coverage.isAmiss("okhttp", rig.loader, Cause.VERSION)).isTrue();
    assertThat(rig.coverage.isAmiss("okhttp", rig.loader, Cause.VERSION)).isFalse();
    assertThat(rig.coverage.isAmiss("okhttp", rig.another(), Cause.VERSION)).isTrue();
    assertThat(rig.coverage.isAmiss("netty", rig.loader, Cause.VERSION)).isTrue();
  }

  @Test
  void aModuleThatDoesNotWorkLeavesWhatTheSocketsGuard() {
    assertThat(rig.coverage.without("okhttp"))
        .isEqualTo(
            "okhttp is guarded in part, its HTTP/1.1 over blocking sockets and nothing else");
    assertThat(rig.coverage.without("netty")).isEqualTo("netty is not guarded");
    assertThat(rig.coverage.without("java-http-client-head"))
        .isEqualTo("java-http-client-head does nothing, its limit does not hold");

    rig.settings.off.add("java-sockets");
    assertThat(rig.coverage.without("okhttp")).isEqualTo("okhttp is not guarded");
  }

  @Test
  void aLibraryAboveTheClientIsTheOneItUses() throws Exception {
    ClassLoader below = rig.kept(new ClassLoader(rig.loader) {});
    rig.used(CoverageRig.REACTOR, below, CoverageRig.from("reactor-netty-http-1.2.9.jar"), false);
    rig.coverage.isAmiss("netty", rig.loader, Cause.VERSION);

    assertThat(rig.row()).endsWith(" is not guarded: the module netty does not know this version");
  }

  @Test
  void answersThatAreLeftAloneAreShown() throws Exception {
    rig.use(CoverageRig.OKHTTP, "okhttp-4.12.0.jar");
    rig.coverage.leftAlone("okhttp", "application/json; charset=utf-8");

    assertThat(rig.told()).isEmpty();
    assertThat(rig.row())
        .endsWith(
            " is guarded: none of its answers so far was to be guarded, the last was"
                + " application/json");

    rig.coverage.guarded("okhttp");
    assertThat(rig.row()).endsWith(" is guarded");
  }

  @Test
  void thereAreNoneWhereNothingIsToBeJudged() throws Exception {
    rig.settings.modeOff = true;
    rig.use(CoverageRig.JETTY, "jetty-client-9.4.57.jar");

    assertThat(rig.told()).isEmpty();
    assertThat(rig.coverage.summary()).isNull();
    assertThat(rig.row()).endsWith(" is not guarded: mode=off");
  }

  @Test
  void whatWorksIsAskedOfTheOperatorAndOfWhatBecameOfIt() {
    assertThat(rig.coverage.works("reactor-netty")).isTrue();
    rig.coverage.isOff("reactor-netty", Cause.ERRORS);
    assertThat(rig.coverage.works("reactor-netty")).isFalse();

    rig.settings.off.add("netty");
    assertThat(rig.coverage.works("netty")).isFalse();
  }
}
