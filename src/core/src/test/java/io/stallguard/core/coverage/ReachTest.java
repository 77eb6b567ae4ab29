package io.stallguard.core.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.AllPermission;
import java.security.Permissions;
import java.security.ProtectionDomain;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReachTest {
  private static final String LEFT_TO_SOCKETS =
      "; its HTTP/1.1 over blocking sockets is guarded there, and nothing else";

  private final CoverageRig rig = new CoverageRig();
  private final ProtectionDomain unprivileged = new ProtectionDomain(null, new Permissions());
  private final Managed reach = new Managed();

  @Test
  void whoLacksTheRightIsNotReached() {
    reach.needsRight("okhttp", rig.loader, unprivileged);

    assertThat(judgement().state()).isEqualTo(CoverageState.PARTLY);
    assertThat(judgement().reason())
        .contains("is not reached, as its code lacks java.lang.RuntimePermission")
        .endsWith(LEFT_TO_SOCKETS);
    assertThat(judgement().untold()).contains(Cause.NO_RIGHT);
  }

  @Test
  void whoHasTheRightIsInDoubtUntilItIsReached() {
    Permissions all = new Permissions();
    all.add(new AllPermission());
    ProtectionDomain privileged = new ProtectionDomain(null, all);
    reach.needsRight("okhttp", rig.loader, privileged);

    assertThat(judgement().reason()).contains("has not been reached so far");
    assertThat(judgement().untold()).isEmpty();

    assertThat(reach.reached("okhttp", new ClassLoader(rig.loader) {})).isTrue();
    assertThat(reach.reached("okhttp", rig.loader)).isFalse();
    assertThat(judgement().state()).isEqualTo(CoverageState.GUARDED);
  }

  @Test
  void othersThatAreReachedSayNothing() {
    reach.needsRight("okhttp", rig.loader, unprivileged);

    assertThat(reach.reached("okhttp", rig.another())).isFalse();
    assertThat(reach.reached("okhttp", null)).isFalse();
    assertThat(reach.reached("netty", rig.loader)).isFalse();
    assertThat(judgement().state()).isEqualTo(CoverageState.PARTLY);
  }

  @Test
  void withoutASecurityManagerNobodyIsAsked() {
    reach.managed = false;
    reach.needsRight("okhttp", rig.loader, unprivileged);
    assertThat(judgement().state()).isEqualTo(CoverageState.GUARDED);

    reach.managed = true;
    assertThat(judgement().state()).isEqualTo(CoverageState.PARTLY);
  }

  private Judgement judgement() {
    SeenClient client =
        new SeenClient(
            KnownClients.byClass().get(CoverageRig.OKHTTP),
            new ClientClass(CoverageRig.OKHTTP, CoverageRig.OKHTTP, rig.loader, null, null),
            false);
    return new Judgement(client, rig.settings, List.of(), reach);
  }

  /** A reach under a security manager. */
  private static final class Managed extends Reach {
    private boolean managed = true;

    @Override
    boolean isManaged() {
      return managed;
    }
  }
}
