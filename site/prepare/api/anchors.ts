import { ReflectionKind, type Application, type Reflection } from 'typedoc';
import { ModuleRouter } from 'typedoc-plugin-markdown';

/**
 * What something is linked to as: `Channel`, `Channel.play`, `function-connect`. VitePress gives each heading an id of its
 * own, in small letters and without dots: these never meet.
 */
export function anchorOf(reflection: Reflection): string {
  const names: string[] = [];
  let at = reflection;
  while (at.parent !== undefined && !at.kindOf(ReflectionKind.Module)) {
    const hasNoName = at.isSignature() || at.kindOf(ReflectionKind.TypeLiteral);
    if (!hasNoName) names.unshift(at.name.replaceAll(/[^\w.$-]/g, ''));
    if (at.parent.kindOf(ReflectionKind.Module) && /^[a-z]/.test(at.name)) {
      names[0] = `${ReflectionKind.singularString(at.kind).toLowerCase()}-${names[0]}`;
    }
    at = at.parent;
  }
  return names.join('.');
}

class NameRouter extends ModuleRouter {
  override buildAnchors(target: Reflection, page: Reflection): void {
    super.buildAnchors(target, page);
    if (this.anchors.has(target)) this.anchors.set(target, anchorOf(target));
    const url = this.fullUrls.get(target);
    if (url?.includes('#')) this.fullUrls.set(target, url.replace(/#.*/, `#${anchorOf(target)}`));
  }
}

export function defineRouter(app: Application): void {
  app.renderer.defineRouter('names', NameRouter);
}
