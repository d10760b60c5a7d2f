import type { Application, CommentTag, Reflection, SignatureReflection } from 'typedoc';
import { MarkdownTheme, MarkdownThemeContext, type MarkdownPageEvent } from 'typedoc-plugin-markdown';

/** Writes an operation in as few lines as it needs: a page of a channel has forty. */
export class CompactTheme extends MarkdownTheme {
  override getRenderContext(page: MarkdownPageEvent<Reflection>): MarkdownThemeContext {
    return new CompactContext(this, page, this.application.options);
  }
}

export function defineTheme(app: Application): void {
  app.renderer.defineTheme('compact', CompactTheme);
}

class CompactContext extends MarkdownThemeContext {
  constructor(...args: ConstructorParameters<typeof MarkdownThemeContext>) {
    super(...args);
    const { comment } = this.partials;
    this.partials = {
      ...this.partials,
      signature: (model, options) => this.#signature(model, options.hideTitle === true),
      comment: (model, options) =>
        [
          options?.showSummary === false ? '' : comment(model, { ...options, showTags: false, showSummary: true }),
          options?.showTags === false ? '' : this.#tags(model.blockTags, options?.isTableColumn === true),
        ]
          .filter((part) => part !== '')
          .join('\n\n'),
    };
  }

  #signature(model: SignatureReflection, hideTitle: boolean): string {
    const comment = model.comment ?? model.parent.comment;
    return [
      hideTitle ? '' : this.partials.signatureTitle(model, {}),
      comment === undefined ? '' : this.partials.comment(comment, { showTags: false }),
      this.#parameters(model),
      this.#returns(model),
      comment === undefined ? '' : this.#tags(comment.blockTags, false),
    ]
      .filter((part) => part !== '')
      .join('\n\n');
  }

  /** A table, where it says more than that there are options as everywhere. */
  #parameters({ parameters = [], typeParameters = [] }: SignatureReflection): string {
    const isUsual = parameters.every(({ name, comment }) => name === 'options' && comment === undefined);
    return [
      typeParameters.length === 0 ? '' : this.partials.typeParametersTable(typeParameters),
      isUsual && parameters.every(({ type }) => type?.toString() === 'RequestOptions')
        ? ''
        : this.partials.parametersTable(parameters),
    ]
      .filter((part) => part !== '')
      .join('\n\n');
  }

  #returns({ type, comment }: SignatureReflection): string {
    const text = comment?.getTag('@returns')?.content;
    if (type === undefined) return '';
    const told = text === undefined ? '' : ` – ${this.helpers.getCommentParts(text)}`;
    return `**Returns** ${this.partials.someType(type)}${told}`;
  }

  #tags(tags: readonly CommentTag[], isInTable: boolean): string {
    const shown = tags.filter(({ tag }) => !['@returns', '@default', '@defaultValue'].includes(tag));
    const throws = shown.filter(({ tag }) => tag === '@throws').map(({ content }) => this.#text(content));
    const others = shown.filter(({ tag }) => tag !== '@throws').map((tag) => this.#tag(tag));
    const list = isInTable ? throws.join('; ') : throws.map((text) => `- ${text}`).join('\n');
    return [throws.length === 0 ? '' : `**Throws**${isInTable ? ' ' : '\n\n'}${list}`, ...others]
      .filter((part) => part !== '')
      .join('\n\n');
  }

  #tag({ tag, content }: CommentTag): string {
    const name = tag.charAt(1).toUpperCase() + tag.slice(2);
    const text = this.#text(content);
    return text.includes('```') ? text : `**${name}** ${text}`;
  }

  #text(content: CommentTag['content']): string {
    return this.helpers
      .getCommentParts(content)
      .trim()
      .replaceAll(/\n(?!\n)/g, ' ');
  }
}
